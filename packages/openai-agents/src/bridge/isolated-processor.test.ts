import { setTraceProcessors, withCustomSpan, withTrace } from '@openai/agents-core';
import type { TracingProcessor } from '@openai/agents-core';
import { expect, test, vi } from 'vitest';
import { traceAgents } from '../testing/trace-agents.ts';
import { isolatedProcessor } from './isolated-processor.ts';

const work = async () =>
  withTrace('work', async () => withCustomSpan(async () => {}, { data: { name: 'step' } }));

const broken = (fail: () => Promise<never>): TracingProcessor => ({
  start: () => void fail(),
  onTraceStart: fail,
  onTraceEnd: fail,
  onSpanStart: fail,
  onSpanEnd: fail,
  shutdown: fail,
  forceFlush: fail,
});

test.each<[string, () => Promise<never>]>([
  ['rejects', () => Promise.reject(new Error('full disk'))],
  [
    'throws',
    () => {
      throw new Error('full disk');
    },
  ],
])('a processor that %s starves nobody, fails no run, and is told of', async (_, fail) => {
  const { bridge, log } = traceAgents();
  const errors: unknown[] = [];
  const isolated = isolatedProcessor(broken(fail), { onError: (error) => void errors.push(error) });
  setTraceProcessors([isolated, bridge]);

  await work();
  await isolated.forceFlush();
  await isolated.shutdown();

  expect(log.tree()).toEqual(['invoke_workflow work', '  step']);
  expect(errors).toHaveLength(6);
});

test('a processor that never answers delays nobody', async () => {
  const { bridge, log } = traceAgents();
  const never = new Promise<never>(() => {});
  setTraceProcessors([isolatedProcessor(broken(() => never)), bridge]);

  await work();

  expect(log.tree()).toEqual(['invoke_workflow work', '  step']);
});

test('it is told all that happens, in order, and a flush is waited for', async () => {
  traceAgents();
  const told: string[] = [];
  const note = (name: string) => async () => void told.push(name);
  const isolated = isolatedProcessor({
    onTraceStart: note('+trace'),
    onSpanStart: note('+span'),
    onSpanEnd: note('-span'),
    onTraceEnd: note('-trace'),
    forceFlush: async () => {
      await Promise.resolve();
      told.push('flush');
    },
    shutdown: note('shutdown'),
  });
  setTraceProcessors([isolated]);

  await work();
  await isolated.forceFlush();
  await isolated.shutdown(1);

  expect(told).toEqual(['+trace', '+span', '-span', '-trace', 'flush', 'shutdown']);
});

test('one that is not isolated and fails in front of the bridge takes from it only what it must', async () => {
  const { bridge, log } = traceAgents();
  const fails = (names: readonly (keyof TracingProcessor)[]): TracingProcessor => {
    const idle = async () => {};
    const failing = async () => Promise.reject(new Error('full disk'));
    const pick = (name: keyof TracingProcessor) => (names.includes(name) ? failing : idle);
    return {
      onTraceStart: pick('onTraceStart'),
      onTraceEnd: pick('onTraceEnd'),
      onSpanStart: pick('onSpanStart'),
      onSpanEnd: pick('onSpanEnd'),
      forceFlush: idle,
      shutdown: idle,
    };
  };
  // The SDK logs what a processor throws.
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  for (const name of ['onSpanStart', 'onSpanEnd'] as const) {
    log.started.length = 0;
    setTraceProcessors([fails([name]), bridge]);

    await withTrace('work', async () =>
      withCustomSpan(async () => withCustomSpan(async () => {}, { data: { name: 'inner' } }), {
        data: { name: 'outer' },
      }),
    );

    expect(log.tree()).toEqual(['invoke_workflow work', '  outer', '    inner']);
  }
  said.mockRestore();
});
