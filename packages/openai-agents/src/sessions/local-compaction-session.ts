import { TiktokenCounter, parseOptions } from '@clew/core';
import type { AgentInputItem, Session } from '@openai/agents-core';
import { z } from 'zod';
import { reporter } from '../safely.ts';
import { ItemTokens } from './item-tokens.ts';
import type { TokenCounter } from './item-tokens.ts';
import { holdsCompaction, recentWindow } from './recent-window.ts';
import { SessionDecorator } from './session-decorator.ts';

export type LocalCompactionSessionOptions = {
  /** The most items that are read back. */
  readonly windowSize?: number | undefined;
  /** The most tokens that are read back. */
  readonly tokenBudget?: number | undefined;
  /** Default: js-tiktoken. May be asynchronous; a text is counted once. */
  readonly tokenCounter?: TokenCounter | undefined;
  /** What is read back whatever the limits say; it counts towards them. */
  readonly isProtected?: ((item: AgentInputItem) => boolean) | undefined;
  /** Told of a counter that failed; the tokens are estimated then. Default: OTel's `diag`. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

export const Limits = z
  .strictObject({
    windowSize: z.number().int().positive().optional(),
    tokenBudget: z.number().int().positive().optional(),
    tokenCounter: z.unknown().optional(),
    isProtected: z.unknown().optional(),
    onError: z.unknown().optional(),
  })
  .refine(({ windowSize, tokenBudget }) => windowSize !== undefined || tokenBudget !== undefined, {
    message: 'expected windowSize, tokenBudget or both, got neither: nothing would ever be left out',
  })
  .refine(({ tokenBudget, tokenCounter }) => tokenCounter === undefined || tokenBudget !== undefined, {
    message: 'tokenCounter would have no effect without tokenBudget: leave it out',
    path: ['tokenCounter'],
  });

/**
 * A window over any session: `getItems` answers with the latest items that fit, and the session below keeps all of
 * them. A call and its result are read back together or not at all, under `limit` too; both limits hold strictly.
 *
 * Nothing but the size decides here, and no model is asked: for what a window forgets there is no summary.
 */
export class LocalCompactionSession extends SessionDecorator {
  readonly #options: LocalCompactionSessionOptions;
  readonly #tokens: ItemTokens;

  /** @throws CompactError `invalid_options` */
  constructor(underlying: Session, options: LocalCompactionSessionOptions) {
    super(underlying);
    parseOptions(Limits, options, 'The options of LocalCompactionSession');
    this.#options = options;
    this.#tokens = itemTokensOf(options);
  }

  protected async visible(stored: readonly AgentInputItem[], limit = Infinity): Promise<AgentInputItem[]> {
    const { windowSize = Infinity, tokenBudget, isProtected = () => false } = this.#options;
    return recentWindow(stored, {
      windowSize: Math.min(windowSize, limit),
      tokenBudget,
      weigh: async (item) => this.#tokens.weigh(item),
      mustStay: (group, items) =>
        holdsCompaction(group, items) ||
        group.members.some((index) => {
          const item = items[index];
          return item !== undefined && isProtected(item);
        }),
    });
  }
}

export function itemTokensOf({
  tokenCounter,
  onError,
}: Pick<LocalCompactionSessionOptions, 'tokenCounter' | 'onError'>): ItemTokens {
  return new ItemTokens(tokenCounter ?? new TiktokenCounter(), reporter(onError, 'A token counter failed'));
}
