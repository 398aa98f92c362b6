import type { CompactResult, Outcome, Step } from '@clew/core';
import { outcomes } from '@clew/core';
import { describe as sentence, fromAttributes, records, toAttributes } from '@clew/semconv';
import type { RunRecord } from '@clew/semconv';
import { describe, expect, it } from 'vitest';
import { contentGate } from './content-gate.ts';
import { policyRecordOf } from './policy-record-of.ts';
import { redactSecret } from './redact-secret.fixture.ts';
import { belowTrigger, compacted, runStart, secret, steps } from './run-fixture.fixture.ts';
import { runRecordOf } from './run-record-of.ts';
import { notCaptured, stepRecordOf } from './step-record-of.ts';

const full = contentGate({ capture: 'full' });
const redacted = contentGate({ redact: redactSecret });
const none = contentGate({ capture: 'none', redact: redactSecret });

describe('the record of a step', () => {
  it.each(Object.values<Step>(steps))(
    '$name is what its schema says, and survives the attributes',
    (step) => {
      const { name, record } = stepRecordOf(runStart, step, full);
      expect(name).toBe(`compact.${step.name}`);
      expect(records[name].parse(record)).toEqual(record);
      expect(fromAttributes(name, toAttributes(name, record))).toEqual({ ok: true, record, issues: [] });
    },
  );

  it('names its run, so that it can be placed before the run has ended', () => {
    for (const step of Object.values(steps)) {
      const { record } = stepRecordOf(runStart, step, none);
      expect(record).toMatchObject({
        schema_version: 1,
        id: 'run-1',
        session_id: 'session-1',
        call_index: 12,
      });
    }
  });

  it('has the names of the specification', () => {
    expect(stepRecordOf(runStart, steps.estimate, none).record).toMatchObject({
      t_est: 112_000,
      max_tokens: 128_000,
      usage_pct: 0.875,
      breakdown: {
        system: 900,
        developer: 0,
        tools_schema: 3100,
        memory: 0,
        messages: 107_900,
        user_input: 100,
      },
    });
    expect(stepRecordOf(runStart, steps.decision, none).record).toMatchObject({
      window: { limit: 128_000, reserve: 1500, trigger: 108_800, target: 64_000 },
      kept: { pinned: 1, recent_turns: 6, tool_pairs: 4 },
      pruned_count: 2,
    });
    expect(stepRecordOf(runStart, steps.summary, none).record).toMatchObject({
      input_messages: 2,
      summary_tokens: 800,
      compression_ratio: 800 / 68_800,
      summary: { version: 2, parent_id: 'summary-1', state: 'absent' },
    });
  });

  it('has no ratio to nothing', () => {
    const { record } = stepRecordOf(runStart, { ...steps.summary, inputTokens: 0 }, none);
    expect(record).toMatchObject({ compression_ratio: 0 });
  });

  it('shows the text of a summary, and the message of an error, as far as it is captured', () => {
    const shown = (gate: typeof full) => [
      stepRecordOf(runStart, steps.summary, gate).record,
      stepRecordOf(runStart, steps.error, gate).record,
    ];
    expect(shown(full)).toMatchObject([
      { summary: { state: 'inline', text: steps.summary.summary.text } },
      { message: steps.error.message },
    ]);
    expect(shown(redacted)).toMatchObject([
      { summary: { state: 'redacted', text: 'The key is <REDACTED>; deploy on Friday.' } },
      { message: '401: the key <REDACTED> is not valid' },
    ]);
    expect(shown(none)).toMatchObject([{ summary: { state: 'absent' } }, { message: notCaptured }]);
    expect(JSON.stringify([shown(redacted), shown(none)])).not.toContain(secret);
  });
});

describe('the policy in a record', () => {
  it('has the names of the configuration file, every one of them', () => {
    expect(Object.keys(policyRecordOf(steps.decision.policy)).toSorted()).toEqual([
      'clear_tool_results',
      'exclude_tools',
      'fact_sheet_max_tokens',
      'fact_sheet_pct',
      'hard_cap_buffer',
      'keep_recent_tokens',
      'keep_recent_turns',
      'keep_tool_io_pairs',
      'ladder',
      'protected_flag',
      'require_sections',
      'roles_never_prune',
      'strategy',
      'summary_max_stages',
      'summary_max_tokens',
      'summary_retries',
      'target_pct',
      'trigger_pct',
      'trim_tool_result_tokens',
    ]);
  });
});

describe('the record of a run', () => {
  it('is what its schema says for every outcome, and survives the attributes', () => {
    for (const outcome of outcomes) {
      const record = recordOf({ ...compacted, outcome });
      expect(records['compact.run'].parse(record)).toEqual(record);
      const decoded = fromAttributes('compact.run', toAttributes('compact.run', record));
      expect(decoded).toEqual({ ok: true, record, issues: [] });
    }
  });

  it('keeps the two laws that the result keeps', () => {
    const { tokens } = recordOf(compacted);
    const left = tokens.trimmed + tokens.cleared + tokens.summarized + tokens.dropped;
    expect(tokens.fixed + tokens.kept + tokens.protected + left).toBe(tokens.before);
    expect(tokens.fixed + tokens.stayed + tokens.inserted).toBe(tokens.after);
  });

  it('says what was kept of the facts, and names the evicted as far as content is captured', () => {
    const counts = { score: 0.9, by_kind: { path: { kept: 9, total: 10 } }, facts: 9, evicted: 1, eroded: 0 };
    const shown = (gate: typeof full) =>
      runRecordOf(runStart, compacted, { gate, ledgerRows: 1000 }).retention;
    expect(shown(none)).toEqual({ ...counts, sheet_tokens: 300 });
    expect(shown(redacted)?.evicted_facts).toEqual([{ kind: 'path', text: '/tmp/<REDACTED>' }]);
  });

  it('has every row that the run met, in the names of the specification', () => {
    const { ledger } = recordOf(compacted);
    expect(ledger?.map(({ fate }) => fate)).toEqual(['kept', 'summarized', 'dropped']);
    expect(ledger?.[1]).toEqual({
      index: 1,
      id: 'a2',
      role: 'tool',
      kind: 'result',
      category: 'tool_results',
      fate: 'summarized',
      tokens: 60_000,
      tokens_after: 0,
      reason: 'summary_v2',
      tool: 'read_file',
      pair: 'call-1',
      sequence: 2,
      archive_ref: 'session-1/transcript-pre-compact-001.jsonl#1',
      preview: `export KEY=${secret}`,
    });
  });

  it('has no ledger and no text where nothing changed, but names the summary', () => {
    for (const outcome of ['noop_below', 'noop_nothing', 'failed'] as const) {
      const record = recordOf({ ...belowTrigger, outcome });
      expect(record.ledger).toBeUndefined();
      expect(record.summary).toMatchObject({ id: 'summary-2', state: 'absent' });
      expect(record.summary).not.toHaveProperty('text');
    }
  });

  it('has no ledger of more rows than the limit, and still its totals', () => {
    expect(recordOf(compacted, full, 3).ledger).toHaveLength(3);
    expect(recordOf(compacted, full, 2).ledger).toBeUndefined();
    expect(recordOf(compacted, full, 2).count).toEqual(recordOf(compacted).count);
  });

  it('counts what was redacted in the summary and the previews', () => {
    const record = recordOf(compacted, redacted);
    expect(record.redaction).toEqual({ count: 5 });
    expect(record.summary).toMatchObject({
      state: 'redacted',
      text: 'The key is <REDACTED>; deploy on Friday.',
    });
    expect(record.ledger?.map(({ preview }) => preview)).toEqual([
      'hello',
      'export KEY=<REDACTED>',
      '<REDACTED> <REDACTED>',
    ]);
    expect(recordOf(compacted).redaction).toBeUndefined();
  });

  it('calls a summary inline where the redactor found nothing in it', () => {
    const summary = { ...steps.summary.summary, text: 'Nothing secret.' };
    expect(recordOf({ ...compacted, summary }, redacted).summary).toMatchObject({ state: 'inline' });
  });

  it('holds no content without capture: neither text, nor preview, nor what an advice may quote', () => {
    const quoted = { ...compacted, outcome: 'failed', advice: `It failed: ${secret}` } as const;
    const record = recordOf(quoted, none);
    expect(record.ledger?.every((row) => row.preview === undefined)).toBe(true);
    expect(record.advice).toBeUndefined();
    expect(JSON.stringify([record, recordOf(quoted, redacted)])).not.toContain(secret);
  });

  it("keeps the engine's own advice without capture", () => {
    const own: Outcome = 'irreducible';
    expect(recordOf({ ...compacted, outcome: own }, none).advice).toBe('Nothing to do.');
  });

  it('is described without content', () => {
    expect(sentence('compact.run', recordOf(compacted))).toBe(
      'Compacted 112k to 44k tokens (-61 %): 1 item summarised, 1 dropped; summary v2 of 800 tokens; 90 % of the facts kept.',
    );
  });
});

describe('the gate of content', () => {
  it('is shut where it should redact and cannot', () => {
    expect(contentGate({})('text')).toBeUndefined();
    const broken = contentGate({
      redact: () => {
        throw new Error('The redactor is broken.');
      },
    });
    expect(broken('text')).toBeUndefined();
  });
});

function recordOf(result: CompactResult<unknown>, gate = full, ledgerRows = 1000): RunRecord {
  return runRecordOf(runStart, result, { gate, ledgerRows });
}
