import { type ModelProvider, OpenAIProvider } from '@openai/agents';
import type { CountTokens } from './prompt.ts';
import type { Notebook } from './script/notebook.ts';
import { ScriptedCoder } from './script/scripted-coder.ts';
import type { Task } from './tasks/task.ts';

export type ChosenModel = {
  readonly provider: ModelProvider;
  readonly name: string;
  /** Whether the provider is real. */
  readonly isLive: boolean;
};

const liveModel = 'gpt-5.2';

export function chooseLive(env: NodeJS.ProcessEnv): ChosenModel {
  const name = env['OPENAI_MODEL'] || liveModel;
  const apiKey = env['OPENAI_API_KEY'] ?? '';
  const baseURL = env['OPENAI_BASE_URL'];
  return { provider: new OpenAIProvider({ apiKey, ...(baseURL && { baseURL }) }), name, isLive: true };
}

export type OfflineOptions = {
  readonly windowTokens: number;
  readonly countTokens: CountTokens;
  readonly notebook: Notebook;
  readonly findTask: (prompt: string) => Task | undefined;
};

/** One model for the coder, the reviewer and the summaries. */
export function chooseOffline(options: OfflineOptions): ChosenModel {
  const model = new ScriptedCoder(options);
  return { provider: { getModel: () => model }, name: 'scripted-coder', isLive: false };
}
