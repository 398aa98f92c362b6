import type { Session } from '@clew/trace-model';

/** Something about a session that a person can act on. */
export type Finding = {
  /** The rule that found it. */
  readonly rule: string;
  readonly weight: 'bad' | 'warn' | 'plain';
  /** What is so, with its numbers. */
  readonly says: string;
  /** What to do about it. */
  readonly action: string;
  /** A run to look at. */
  readonly runId?: string;
};

/** A rule with a name: a pure function with its threshold, which is part of what it says. */
export type HealthRule = {
  readonly id: string;
  /** From here on it finds something, in its own unit. */
  readonly threshold: number;
  readonly find: (session: Session, threshold: number) => Finding | undefined;
};
