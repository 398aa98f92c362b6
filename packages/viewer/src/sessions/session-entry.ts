import type { Basis } from '@clew/trace-model';

/** A session that is listed and not folded: what a host tells of it. */
export type SessionEntry = {
  readonly id: string;
  readonly name?: string;
  readonly end?: number;
  readonly spanCount?: number;
  readonly compactionCount?: number;
  readonly agents: readonly string[];
  readonly models: readonly string[];
  readonly context?: {
    readonly calls: number;
    readonly fallbacks: number;
    readonly failures: number;
    readonly latest?: {
      readonly tokens: number;
      readonly limit?: number;
      readonly trigger?: number;
      readonly basis?: Basis | undefined;
    };
  };
};
