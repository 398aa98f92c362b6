import { calibrate } from '../calibrate.ts';
import type { SessionState } from '../session-state.ts';
import type { TokenPrior } from '../token-prior.ts';
import { promptLimitOf } from './overflow.ts';
import type { Overflow } from './overflow.ts';

export type LearnContext = {
  readonly model: string;
  /** The window that was configured, in tokens. */
  readonly limitTokens: number;
  readonly prior: TokenPrior;
};

/** A window below this is no window: the number means something else. */
const minLimitTokens = 256;

/**
 * What a refusal teaches of the prompt that was last prepared: how the provider counts it, and that the window is
 * smaller than was configured. Where the provider names no number, the refused prompt itself is the bound.
 */
export function learnFromOverflow(
  state: SessionState,
  overflow: Overflow,
  { model, limitTokens, prior }: LearnContext,
): SessionState {
  const { prompt } = state;
  if (overflow.kind !== 'tokens' || prompt === undefined) return state;
  const told = promptLimitOf(overflow);
  const limit = told !== undefined && told >= minLimitTokens ? told : undefined;
  // A refused prompt has more tokens than the window, whatever we thought.
  const counted =
    overflow.promptTokens ?? (limit !== undefined && limit >= prompt.estimate ? limit + 1 : undefined);
  const calibrated =
    counted === undefined ? state : calibrate(state, { inputTokens: counted }, prior, { isCertain: true });
  const bound =
    limit === undefined
      ? { weight: prompt.weight, ...(counted === undefined ? {} : { limitTokens: counted - 1 }) }
      : { limitTokens: limit };
  if (limit !== undefined && limit >= limitTokens) return calibrated;
  return { ...calibrated, refused: { ...state.refused, [model]: bound } };
}

/**
 * The window of a model: as configured, or less where the provider has refused less.
 *
 * @param overhead tokens that the provider counts beside the weights of what we know
 */
export function limitOf(
  { refused, scale }: Pick<SessionState, 'refused' | 'scale'>,
  model: string,
  configured: number,
  overhead: number,
): number {
  const bound = refused?.[model];
  if (bound === undefined) return configured;
  const { limitTokens, weight } = bound;
  // A bound in our own tokens moves with what the provider's reports teach of them.
  const tokens = limitTokens ?? Math.floor((weight ?? Infinity) * scale + Math.max(0, overhead));
  return Math.min(configured, Math.max(minLimitTokens, tokens));
}
