import { type Agent, MemorySession, type Runner, withTrace } from '@openai/agents';
import { type CountTokens, itemTokens } from './prompt.ts';
import { readThrough } from './tasks/read-through.ts';
import { review } from './tasks/review.ts';
import type { Task } from './tasks/task.ts';

export type SessionOptions = {
  readonly sessionId: string;
  readonly runner: Runner;
  readonly agent: Agent;
  readonly tasks: readonly Task[];
  /** More reading is asked for, before the review, until the history is longer than this. */
  readonly historyTokens: number;
  readonly countTokens: CountTokens;
  readonly signal: AbortSignal;
  /** Told before each task; the number counts from 1. */
  readonly onTask: (task: Task, number: number) => void;
  /** Told of each answer to a task. */
  readonly onFinding: (text: string) => void;
};

export type SessionEnd = {
  readonly taskCount: number;
  readonly historyTokens: number;
  readonly itemCount: number;
};

const maxTurns = 60;
/** A task adds more than this as a rule; a repository with next to nothing in it would have us read for ever. */
const tokensPerReadThrough = 2_000;

/** One conversation: task after task with the whole history behind it, in one trace. */
export async function runSession(options: SessionOptions): Promise<SessionEnd> {
  const session = new MemorySession({ sessionId: options.sessionId });
  let taskCount = 0;
  const work = async (task: Task) => {
    taskCount += 1;
    options.onTask(task, taskCount);
    options.onFinding(await runTask(options, session, task, taskCount % 2 === 0));
  };
  await withTrace(
    'Maintain a repository',
    async () => {
      for (const task of options.tasks) await work(task);
      for (let n = 0; n < options.historyTokens / tokensPerReadThrough; n += 1) {
        if ((await historyTokens(session, options.countTokens)) > options.historyTokens) break;
        await work(readThrough(n));
      }
      await work(review);
    },
    { groupId: options.sessionId },
  );
  const items = await session.getItems();
  return {
    taskCount,
    historyTokens: await historyTokens(session, options.countTokens),
    itemCount: items.length,
  };
}

async function runTask(
  { runner, agent, signal }: SessionOptions,
  session: MemorySession,
  task: Task,
  isStreamed: boolean,
): Promise<string> {
  signal.throwIfAborted();
  if (!isStreamed) {
    const result = await runner.run(agent, task.prompt, { session, maxTurns, signal });
    return result.finalOutput ?? '';
  }
  const stream = await runner.run(agent, task.prompt, { session, maxTurns, signal, stream: true });
  for await (const event of stream) void event;
  await stream.completed;
  // A stream that was aborted ends as if it were complete.
  signal.throwIfAborted();
  return stream.finalOutput ?? '';
}

async function historyTokens(session: MemorySession, count: CountTokens): Promise<number> {
  return (await session.getItems()).reduce((sum, item) => sum + itemTokens(item, count), 0);
}
