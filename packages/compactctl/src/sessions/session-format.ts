import type { Dialect } from '@clew/core';
import type { Native } from './native.ts';

/** What a recording holds, in the order of time. */
export type SessionContent = {
  /** `pi`, `claude-code`, `chat`, …: whose format it is. */
  readonly format: string;
  readonly dialect: Dialect<object>;
  /** The messages as they were recorded: their positions are the indices of `--until` and of a ledger. */
  readonly items: readonly object[];
  /** The system prompt and the tools, where the recording has them beside the messages. */
  readonly instructions?: string;
  readonly tools?: unknown;
};

/** Reads the JSON values of a file, where they are of its format; else nothing. */
export type SessionFormat = (values: readonly Native[]) => SessionContent | undefined;
