import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { sessionBrief } from './session-brief.ts';
import { sessionJsonl } from './session-jsonl.ts';

const session = recordedSession({ isMeasured: true });
const cut = session.cuts.find(({ summary }) => summary?.text !== undefined);
const summary = cut?.summary?.text?.split('\n').at(-1) ?? '';
const previews = session.cuts.flatMap(({ ledger }) => ledger ?? []).flatMap(({ preview }) => preview ?? []);
const evicted = session.cuts
  .flatMap(({ retention }) => retention?.evicted_facts ?? [])
  .map(({ text }) => text);
const hidden = (): boolean => false;
const all = (): boolean => true;

describe('what leaves the page', () => {
  it('holds no content that was not revealed', () => {
    expect([summary, previews.length > 0, evicted.length > 0]).toEqual([
      expect.stringMatching(/./),
      true,
      true,
    ]);
    for (const text of [sessionJsonl(session, hidden), sessionBrief(session, hidden)]) {
      for (const secret of [summary, ...previews, ...evicted]) expect(text).not.toContain(secret);
    }
  });

  it('holds what was revealed, and nothing beside it', () => {
    const only = (key: string): boolean => key === `${cut?.id ?? ''}/summary`;
    expect(sessionBrief(session, only)).toContain(`> ${summary}`);
    const text = sessionJsonl(session, only);
    expect(text).toContain(JSON.stringify(summary).slice(1, -1));
    // A summary repeats some of what it covers: that was revealed with it.
    const others = [...previews, ...evicted].filter((secret) => !cut?.summary?.text?.includes(secret));
    for (const secret of others) expect(text).not.toContain(secret);
    expect(others.length).toBeGreaterThan(20);
    expect(sessionJsonl(session, all)).toContain(evicted[0]);
  });

  it('has a line for every record, each a document of its own', () => {
    const lines = sessionJsonl(session, hidden).trimEnd().split('\n');
    const names = lines.map((line): string => JSON.parse(line).name);
    expect(names.filter((name) => name === 'compact.run')).toHaveLength(session.runs.length);
    expect(names.filter((name) => name === 'compact.error')).toHaveLength(
      session.runs.reduce((sum, run) => sum + run.errors.length, 0),
    );
  });

  it('briefs an agent with figures, findings and every compaction', () => {
    const brief = sessionBrief(session, hidden);
    expect(brief).toMatch(/^# Context of session session-1\n/);
    for (const { call } of session.cuts) expect(brief).toContain(`| ${call.position} |`);
    expect(brief).toContain('- **failed**: 1 attempt to compact failed');
  });
});
