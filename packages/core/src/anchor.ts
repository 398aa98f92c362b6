import type { Entry } from './entry.ts';
import { guessedTokens } from './media/guessed-tokens.ts';
import type { GrowingList } from './growing-list.ts';
import type { Fixed } from './measure.ts';
import type { SessionState } from './session-state.ts';
import type { Tally } from './tally.ts';
import type { TokenPrior } from './token-prior.ts';

/** The context held against the prompt that the provider last reported. */
export type Anchored = {
  /** Tokens that the provider counts beside the weights of the parts that we know; may be below 0. */
  readonly overhead: number;
  /** What the provider counted of this prompt already; absent where it does not begin with that one. */
  readonly base: number | undefined;
  /** What the provider has not counted yet, in our tokens. */
  readonly added: number;
  /** The estimate is within this share of what the provider will count, nineteen times in twenty. */
  readonly uncertainty: number;
};

/** How far the weights of items that the provider has not counted yet may be off, once it has counted others. */
const newItemsUncertainty = 0.35;
/** Framing that differs from call to call, which nothing announces. */
const framingTokens = 64;

/** @param fixed instructions and tools by their weights alone */
export function anchor(
  state: SessionState,
  {
    list,
    tally,
    fixed,
  }: { readonly list: GrowingList<Entry<unknown>>; readonly tally: Tally; readonly fixed: Fixed },
  prior: TokenPrior,
): Anchored {
  const plain = tally.tokens + fixed.instructions + fixed.tools;
  const { anchor: at, scale, hidden = 0 } = state;
  if (at === undefined) {
    const uncertainty = withGuesses(prior.uncertainty, tally.guessedTokens, plain);
    return { overhead: 0, base: undefined, added: plain / scale, uncertainty };
  }
  const tail = list.since(at.count);
  const tailTokens = sum(tail);
  const known = plain - tailTokens;
  const isSame = list.since(at.count - 1)[0]?.id === at.id && isClose(known / scale, at.weight);
  if (!isSame) {
    const ratio = Math.max(0, at.inputTokens - hidden) / at.weight;
    const total = Math.round(hidden + (plain / scale) * ratio);
    return {
      overhead: total - plain,
      base: undefined,
      added: plain / scale,
      uncertainty: prior.uncertainty / 2,
    };
  }
  const answer = answerOf(tail, at.outputTokens);
  const base = at.inputTokens + answer.counted;
  const added = tailTokens - answer.weighed;
  const guessed = tail.reduce((total, entry) => total + guessedTokens(entry), 0);
  const unsure = withGuesses(newItemsUncertainty, guessed, added) * added;
  const spread = unsure + framingTokens + 0.002 * base;
  return {
    overhead: base + added - plain,
    base,
    added: added / scale,
    uncertainty: spread / Math.max(1, base + added),
  };
}

/** A guess may be off by as much as it says; the rest by its share. */
function withGuesses(uncertainty: number, guessed: number, tokens: number): number {
  const share = tokens <= 0 ? 0 : Math.min(1, guessed / tokens);
  return uncertainty + share * (1 - uncertainty);
}

/** Puts what the provider counts beside our weights to the instructions; never below 0. */
export function withOverhead({ instructions, tools }: Fixed, overhead: number): Fixed {
  const own = instructions + overhead;
  return own >= 0 ? { instructions: own, tools } : { instructions: 0, tools: Math.max(0, tools + own) };
}

/** What the model answered comes back as input; its provider has counted it as output. */
function answerOf(tail: readonly Entry<unknown>[], outputTokens: number | undefined) {
  const end = tail.findIndex(({ view }) => view.role !== 'assistant');
  const weighed = sum(end === -1 ? tail : tail.slice(0, end));
  // Reasoning that is not sent back is output that never becomes input.
  const isSentBack = outputTokens !== undefined && outputTokens <= 1.5 * weighed + 200;
  return weighed > 0 && isSentBack ? { counted: outputTokens, weighed } : { counted: 0, weighed: 0 };
}

/** The same weight, but for what rounding makes of it. */
function isClose(left: number, right: number): boolean {
  return Math.abs(left - right) <= 0.01 * right + 8;
}

function sum(entries: readonly Entry<unknown>[]): number {
  return entries.reduce((total, { tokens }) => total + tokens, 0);
}
