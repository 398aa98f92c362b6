import type { Media } from './media/media.ts';

export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

export type ItemKind = 'message' | 'reasoning' | 'call' | 'result' | 'other';

/** What the engine knows of an item: read once by its dialect, never written. */
export type ItemView = {
  readonly kind: ItemKind;
  readonly role: Role;
  /** Ids of the calls that this item opens. */
  readonly calls: readonly string[];
  /** Ids of the calls that this item answers. */
  readonly answers: readonly string[];
  /** The tool's name, for a call or a result, where the format tells it. */
  readonly tool?: string;
  /** The tool of each call, by the call's id, where one item may open several. */
  readonly toolOf?: Readonly<Record<string, string>>;
  /** Everything the model reads of the item, as plain text: what is counted and what a summariser is shown. */
  readonly text: string;
  /** Pictures and files, which text does not weigh. */
  readonly mediaCount: number;
  /** What is known of each of them, in order. Absent: nothing. */
  readonly media?: readonly Media[];
  /** Tokens of what nobody but the provider can read, as encrypted reasoning: an estimate by its length. */
  readonly sealedTokens?: number;
};

/** The parts of a prompt, in prompt order. */
export const categories = [
  'system',
  'developer',
  'tools',
  'protected',
  'summary',
  'user',
  'assistant',
  'reasoning',
  'tool_calls',
  'tool_results',
  'other',
] as const;
export type Category = (typeof categories)[number];
export type CategoryTokens = Readonly<Partial<Record<Category, number>>>;
