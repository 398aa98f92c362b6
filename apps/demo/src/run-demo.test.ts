import { createHost } from '@clew/host';
import { expect, test } from 'vitest';
import { Progress } from './progress.ts';
import { repositoryRoot } from './repository-root.ts';
import { runDemo } from './run-demo.ts';
import { createScreen } from './screen.ts';

const windowTokens = 16_000;

test('a session of three windows and more is compacted several times, and loses no span', async () => {
  const host = await createHost({ database: ':memory:', port: 0 });
  const other = await createHost({ database: ':memory:', port: 0 });
  let text = '';
  const screen = createScreen({ write: (part) => (text += part) }, {});
  try {
    const facts = await runDemo({
      windowTokens,
      repository: repositoryRoot(import.meta.url),
      sessionId: 'demo-test',
      isLive: false,
      env: {},
      hostUrl: host.url,
      otlpUrl: `${other.url}/v1/traces`,
      progress: new Progress(screen, windowTokens),
      signal: AbortSignal.timeout(110_000),
    });
    expect(facts.historyTokens).toBeGreaterThan(3 * windowTokens);
    expect(facts.compactions).toBeGreaterThanOrEqual(3);
    expect(facts.compacted).toHaveLength(facts.compactions);
    for (const { tokensBefore, tokensAfter } of facts.compacted)
      expect(tokensAfter).toBeLessThan(tokensBefore);
    expect(facts.overWindow).toBe(0);
    expect(facts.longestPrompt).toBeLessThanOrEqual(windowTokens);
    expect(facts.spans.dropped).toBe(0);
    expect(facts.spans.delivered).toBe(facts.spans.emitted);
    expect(host.stats().spans).toBeGreaterThan(facts.modelCalls);
    expect(other.stats().spans).toBe(host.stats().spans);
    expect(text.match(/^ {2}call/gmu)).toHaveLength(facts.modelCalls);
    expect(text.match(/^ {2}compacted/gmu)).toHaveLength(facts.compactions);
  } finally {
    await host.close();
    await other.close();
  }
}, 120_000);
