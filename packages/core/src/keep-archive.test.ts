import { describe, expect, it } from 'vitest';
import { chat } from './dialects/chat-dialect.ts';
import { CompactManager } from './manager.ts';
import type { CompactManagerOptions } from './manager-options.ts';
import { conversation } from './testing/conversation.ts';
import { brokenLaws } from './testing/laws.ts';
import { RecordingObserver } from './testing/recording-observer.ts';

const long = conversation(
  Array.from({ length: 40 }, (_, index) => ({
    user: `Question ${index}: ${'why '.repeat(60)}`,
    answer: `Answer ${index}: ${'because '.repeat(30)}`,
  })),
);

/** An archive that never answers, and minds its signal or not. */
function silentArchive(mindsSignal: boolean) {
  const told: string[] = [];
  const store = (_entry: unknown, signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        told.push((signal.reason as Error).name);
        if (mindsSignal) reject(signal.reason as Error);
      });
    });
  return { told, archive: { name: 'silent', store } };
}

function run(options: Partial<CompactManagerOptions<object>>, signal?: AbortSignal) {
  const observer = new RecordingObserver();
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 4000,
    dialect: chat,
    counter: { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) },
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    observer,
    ...options,
  });
  return { observer, result: manager.preflight({ sessionId: 's', items: long, signal }) };
}

describe.each([true, false])('an archive that does not answer (mindful of its signal: %s)', (mindsSignal) => {
  it('is waited for no longer than its limit, told so, and recorded', async () => {
    const { archive, told } = silentArchive(mindsSignal);
    const { observer, result } = run({ archive, archiveTimeoutMillis: 15 });
    const { outcome, ledger } = await result;
    expect(outcome).toBe('compacted');
    expect(brokenLaws(await result)).toEqual([]);
    expect(ledger.filter(({ archiveRef }) => archiveRef !== undefined)).toEqual([]);
    expect(observer.runs[0]?.steps).toContainEqual(
      expect.objectContaining({
        name: 'error',
        errorType: 'archive_failed',
        fallback: 'unarchived',
        message: expect.stringContaining('Not done after 15 ms'),
      }),
    );
    expect(told).toContain('TimeoutError');
  });

  it('stops the compaction where it is required', async () => {
    const { archive } = silentArchive(mindsSignal);
    const { observer, result } = run({ archive, archiveTimeoutMillis: 15, isArchiveRequired: true });
    expect(await result).toMatchObject({ outcome: 'failed', items: long, error: { code: 'archive_failed' } });
    expect(observer.runs[0]?.steps).toContainEqual(
      expect.objectContaining({ errorType: 'archive_failed', fallback: 'not-compacted' }),
    );
  });

  it('is not waited for by a caller that gives up, who gets the original', async () => {
    const { archive } = silentArchive(mindsSignal);
    const abort = new AbortController();
    const { result } = run({ archive }, abort.signal);
    setTimeout(() => abort.abort(new Error('enough')), 15);
    expect(await result).toMatchObject({ outcome: 'aborted', items: long });
  });
});
