import { CompactManager, agents } from '@clew/core';
import { ScriptedSummarizer, writtenSummary } from '@clew/core/testing';
import { combineObservers, createTracingObserver } from '@clew/tracing';
import { Agent, Runner, addTraceProcessor, setTraceProcessors } from '@openai/agents-core';
import type { AgentInputItem, TracingProcessor } from '@openai/agents-core';
import { assistantMessage, ScriptedModel } from '@openai/agents-core/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { compactRunConfig } from '../compact-run-config.ts';
import { userMessage } from '../testing/item-histories.fixture.ts';
import { traceAgents } from '../testing/trace-agents.ts';
import type { SdkSpan } from '../sdk-span.ts';
import { mirrorCompaction } from './mirror-compaction.ts';
import type { MirrorOptions } from './mirror-compaction.ts';

const history: AgentInputItem[] = Array.from({ length: 12 }, (_, index) => [
  userMessage(`question ${index} s3cret ${'why so '.repeat(60)}`),
  assistantMessage(`answer ${index} ${'because of '.repeat(60)}`),
]).flat();

/** Started and ended spans, as any processor of the SDK is told of them. */
class Listener implements TracingProcessor {
  readonly started: SdkSpan[] = [];
  readonly ended: SdkSpan[] = [];
  async onTraceStart(): Promise<void> {}
  async onTraceEnd(): Promise<void> {}
  async onSpanStart(span: SdkSpan): Promise<void> {
    this.started.push(span);
  }
  async onSpanEnd(span: SdkSpan): Promise<void> {
    this.ended.push(span);
  }
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

let listener: Listener;
beforeEach(() => {
  listener = new Listener();
});

async function runWith(options: MirrorOptions, summaries = [{ text: writtenSummary('They asked s3cret.') }]) {
  const traced = traceAgents();
  addTraceProcessor(listener);
  const manager = new CompactManager({
    model: 'gpt-5',
    maxContextTokens: 3000,
    dialect: agents,
    policy: { hardCapBuffer: 100, keepRecentTurns: 1, keepToolIoPairs: 1, ladder: ['summarize', 'window'] },
    summarizer: new ScriptedSummarizer(summaries),
    observer: combineObservers(createTracingObserver({ tracer: traced.tracer }), mirrorCompaction(options)),
  });
  const model = new ScriptedModel([[assistantMessage('ok')]]);
  const { bridge } = traced;
  const config = compactRunConfig({ manager, provider: { getModel: () => model }, bridge });
  const run = async (more = {}) =>
    new Runner({ ...config, ...more }).run(new Agent({ name: 'Ada' }), [...history]);
  return { ...traced, run };
}

const mirrored = () =>
  listener.ended.flatMap((span) =>
    span.spanData.type === 'custom' && span.spanData.name.startsWith('compact.')
      ? [{ span, name: span.spanData.name, data: span.spanData.data }]
      : [],
  );

describe('the mirror', () => {
  it('writes each span of a run as one of the SDK, in the turn, with its record', async () => {
    const { run } = await runWith({ capture: 'full' });
    await run();

    const spans = mirrored();
    const turn = listener.started.find(({ spanData }) => spanData.type === 'turn');
    expect(spans.map(({ name }) => name)).toEqual([
      'compact.token_estimate',
      'compact.trigger_decision',
      'compact.summary_created',
      'compact.pruned_messages',
      'compact.run',
    ]);
    const whole = spans.at(-1);
    expect(whole?.span.parentId).toBe(turn?.spanId);
    expect(spans.slice(0, -1).every(({ span }) => span.parentId === whole?.span.spanId)).toBe(true);
    expect(whole?.data).toMatchObject({
      outcome: 'compacted',
      output_text: expect.stringMatching(/^Compacted/u),
      tokens: { before: expect.any(Number), after: expect.any(Number) },
    });
    expect(JSON.stringify(whole?.data)).not.toContain('"ledger"');
    for (const { span } of spans) {
      expect(Date.parse(span.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(span.startedAt ?? 'x'));
    }
  });

  it('is passed over by the bridge: each span is there once', async () => {
    const { run, log } = await runWith({});
    await run();

    const names = log.started.map(({ name }) => name).filter((name) => name.startsWith('compact.'));
    expect(new Set(names).size).toBe(names.length);
    expect(log.started.every(({ attributes }) => attributes['openai.agents.span_type'] !== 'custom')).toBe(
      true,
    );
  });

  it.each([
    ['none', undefined],
    ['redacted', undefined],
    ['full', 'They asked s3cret.'],
  ] as const)('holds as much content as capture %s lets through', async (capture, expected) => {
    const { run } = await runWith({ capture });
    await run();

    const text = JSON.stringify(mirrored().map(({ data }) => data));
    expect(text.includes('s3cret')).toBe(expected !== undefined);
    expect(text.includes('They asked')).toBe(expected !== undefined);
  });

  it('tells a failed summary as a failed span', async () => {
    const { run } = await runWith({}, []);
    await run();

    const failures = mirrored().filter(({ name }) => name === 'compact.error');
    expect(failures.length).toBeGreaterThan(0);
    for (const { span } of failures) expect(span.error?.message).toBeTruthy();
  });

  it('makes nothing where there is no trace', async () => {
    const { run } = await runWith({});
    await run({ tracingDisabled: true });
    const outside = mirrorCompaction().start({
      id: 'r',
      sessionId: 's',
      callIndex: 1,
      trigger: 'threshold',
      phase: 'preflight',
      startedAt: 0,
      dialect: 'agents',
      model: 'm',
    });

    await outside.within(async () => ({
      value: undefined,
      step: { name: 'error', errorType: 'x', message: '', fallback: 'none', startedAt: 0, endedAt: 1 },
    }));

    expect(listener.started).toEqual([]);
  });

  it('harms no run where a processor fails', async () => {
    const errors: unknown[] = [];
    const { run } = await runWith({ onError: (error) => void errors.push(error) });
    const failing = Object.assign(new Listener(), {
      onSpanStart: () => Promise.reject(new Error('full disk')),
    });
    setTraceProcessors([failing]);
    // The SDK logs what a processor throws.
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});

    await expect(run()).resolves.toMatchObject({ finalOutput: 'ok' });

    expect(errors.length).toBeGreaterThan(0);
    said.mockRestore();
  });
});
