import { Runner } from '@openai/agents';
import { createAgents } from './agents.ts';
import { chooseLive, chooseOffline } from './choose-model.ts';
import type { Facts } from './facts.ts';
import { type MeteredCall, meteredProvider } from './metered-provider.ts';
import type { Progress } from './progress.ts';
import { createScratchCopy } from './scratch-copy.ts';
import { Notebook } from './script/notebook.ts';
import { runSession } from './session.ts';
import { Tally } from './tally.ts';
import type { Task } from './tasks/task.ts';
import { tasks } from './tasks/tasks.ts';
import { Workspace } from './tools/workspace.ts';
import { createTokenCounter, wireClew } from './wire-clew.ts';

export type DemoOptions = {
  readonly windowTokens: number;
  /** The repository that is copied and worked on. */
  readonly repository: string;
  readonly sessionId: string;
  readonly isLive: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Where the viewer is; its `/ingest` gets the spans. */
  readonly hostUrl: string;
  readonly ariadneUrl?: string | undefined;
  /** A receiver of OTLP that gets them too; else the standard variables say whether there is one. */
  readonly otlpUrl?: string | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
};

/** Just above three windows, so that the session passes three times what fits. */
const historyRatio = 3.15;

/** One session, from the scratch copy to the last span. Rejects when the agent, not the compaction, fails. */
export async function runDemo(options: DemoOptions): Promise<Facts> {
  const { windowTokens, progress, sessionId, signal } = options;
  const tally = new Tally(windowTokens);
  const notebook = new Notebook();
  const countTokens = createTokenCounter();
  let task: Task | undefined;
  const model = options.isLive
    ? chooseLive(options.env)
    : chooseOffline({
        windowTokens,
        countTokens,
        notebook,
        findTask: (prompt) => (task?.prompt === prompt ? task : undefined),
      });
  const onCall = (call: MeteredCall) => {
    tally.addCall(call);
    progress.call(call);
  };
  const copy = await createScratchCopy(options.repository);
  try {
    const clew = await wireClew({
      model: { ...model, provider: meteredProvider(model.provider, { countTokens, onCall }) },
      windowTokens,
      sessionId,
      ingestUrls: [
        `${options.hostUrl}/ingest`,
        ...(options.ariadneUrl === undefined ? [] : [options.ariadneUrl]),
      ],
      otlpUrl: options.otlpUrl,
      archiveFolder: copy.archive,
      env: options.env,
      onCompaction: (fact) => {
        tally.addCompaction(fact);
        progress.compaction(fact);
      },
      onError: (error) => progress.warning(error),
    });
    try {
      const end = await runSession({
        sessionId,
        runner: new Runner({ modelProvider: clew.modelProvider, model: model.name }),
        agent: createAgents(new Workspace(copy.root, maxCharacters(windowTokens))).coder,
        tasks,
        historyTokens: Math.ceil(windowTokens * historyRatio),
        countTokens,
        signal,
        onTask: (next, number) => {
          task = next;
          progress.task(next, number);
        },
        onFinding: (text) => progress.finding(text),
      });
      return {
        window: windowTokens,
        tasks: end.taskCount,
        historyTokens: end.historyTokens,
        ...tally.sums,
        ...(!model.isLive && { recall: notebook.recall }),
        spans: await clew.flush(),
        url: options.hostUrl,
      };
    } finally {
      await clew.close();
    }
  } finally {
    await copy.dispose();
  }
}

/** An answer of a tool takes a twelfth of the window or so, so that a few of them fit side by side. */
function maxCharacters(windowTokens: number): number {
  return Math.min(9_000, Math.floor(windowTokens / 4));
}
