import type { CompactPolicyInput, KeepRule } from '@clew/core';
import { z } from 'zod';

/** What a session does with its old turns when it is read. */
export const sessionModes = ['none', 'trim', 'summarize', 'compact'] as const;
export type SessionMode = (typeof sessionModes)[number];

export const SessionStrategy = z
  .strictObject({
    mode: z.enum(sessionModes),
    /** Acts once more turns than this are in the context: a turn begins with a message of the user. */
    triggerTurns: z.number().int().positive().default(8),
    /** The latest turns, which stay whole. */
    keepTurns: z.number().int().positive().default(2),
    /** `compact`: tools whose results stay. */
    excludeTools: z.array(z.string().min(1)).readonly().optional(),
    /** `compact`: clear what the calls were given, too. */
    clearInputs: z.boolean().optional(),
    /** `summarize`: what the summary is written as. */
    strategy: z.string().optional(),
  })
  .refine(({ triggerTurns, keepTurns }) => keepTurns <= triggerTurns, {
    message: 'keepTurns must not be above triggerTurns: there would be nothing to do',
    path: ['keepTurns'],
  })
  .refine(
    ({ mode, excludeTools, clearInputs }) =>
      mode === 'compact' || (excludeTools ?? clearInputs) === undefined,
    {
      message: 'excludeTools and clearInputs have no effect but with the mode `compact`: leave them out',
    },
  )
  .refine(({ mode, strategy }) => mode === 'summarize' || strategy === undefined, {
    message: 'strategy has no effect but with the mode `summarize`: leave it out',
    path: ['strategy'],
  });
export type SessionStrategy = z.infer<typeof SessionStrategy>;

/** The policy that a strategy stands for. */
export function policyOfStrategy(strategy: SessionStrategy): CompactPolicyInput {
  const { triggerTurns, keepTurns } = strategy;
  const turns = { triggerTurns, keepRecentTurns: keepTurns, keepToolIoPairs: 1 };
  switch (strategy.mode) {
    case 'none':
    case 'trim':
      return { ...turns, ladder: ['window'] };
    case 'summarize':
      return { ...turns, ladder: ['summarize', 'digest'], ...named(strategy) };
    case 'compact':
      return {
        ...turns,
        ladder: ['clear'],
        ...(strategy.excludeTools !== undefined && { excludeTools: strategy.excludeTools }),
        ...(strategy.clearInputs !== undefined && { clearToolInputs: strategy.clearInputs }),
      };
  }
}

function named({ strategy }: SessionStrategy): CompactPolicyInput {
  return strategy === undefined ? {} : { strategy: strategy as NonNullable<CompactPolicyInput['strategy']> };
}

/** The engine keeps of a turn what was asked and answered; here it stays with all that lies between. */
export function keepWholeTurns(turns: number): KeepRule {
  return { name: 'whole_turn', isFirm: true, keeps: ({ newer }) => newer.turns < turns };
}
