import { FsRunLog, clew, replayRunLog } from 'clew';

const folder = process.env['RECORDS'] ?? './.compact';
export const app = await clew({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  storage: { runLogPath: `${folder}/log`, metricsPath: `${folder}/metrics` },
});

/** What the model was sent of a conversation, after each compaction of it. */
export async function tellContexts(sessionId: string): Promise<void> {
  const lines = new FsRunLog({ path: `${folder}/log` }).read(sessionId, AbortSignal.timeout(10_000));
  for await (const { line, log } of replayRunLog(lines)) {
    if (line.type !== 'context') continue;
    const summary = log.context.find(({ position }) => position === undefined);
    console.log(`${log.context.length} of ${log.conversation.length} items`, summary?.item);
  }
}

/** What compaction came to today. */
export async function tellMetrics(): Promise<void> {
  const report = await app.metrics?.report(AbortSignal.timeout(10_000));
  const today = report?.byDay.get(new Date().toISOString().slice(0, 10));
  console.log('compactions', today?.compactions, 'tokens reclaimed', today?.tokens_reclaimed);
}
