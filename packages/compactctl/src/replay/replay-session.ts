import { CompactManager } from '@clew/core';
import type { CompactResult } from '@clew/core';
import type { ReplayTrace, ReplayedCall } from 'clew';
import type { Setting } from '../load-policy.ts';
import type { SessionContent } from '../sessions/session-format.ts';
import { modelBill } from './cache-model.ts';
import type { ModelledCall } from './cache-model.ts';
import { Hindsight } from './hindsight.ts';
import { recordedCalls } from './recorded-calls.ts';
import type { RecordedCall } from './recorded-calls.ts';
import { recordedPrices } from './recorded-prices.ts';

/** What a policy would have done to a recorded session, its agent's behaviour held constant. */
export type Replay = {
  /** Calls of the model. */
  readonly calls: number;
  /** The largest prompt, in tokens. */
  readonly peakTokens: number;
  /** Calls whose prompt was over the window less the reserve. */
  readonly overBudgetCount: number;
  readonly compactions: number;
  /** Tokens of all prompts together. */
  readonly sentTokens: number;
  /** Stretches of calls whose prompts only grew: what a provider's prompt cache can follow. */
  readonly cacheEpochs: number;
  /** Of the paths and URLs that the agent named after they had been in what was compacted: the share that it could still read. 1 where there were none. */
  readonly retention: number;
  readonly needed: number;
  /** Those that it could not read any more. */
  readonly lost: readonly string[];
  /** Of the calls that were recorded; absent where no usage was recorded, or a price is not known. */
  readonly cost?: { readonly amount: number; readonly currency: string };
};

export type ReplayOptions = {
  readonly sessionId?: string;
  /** Where each run and each call is told. */
  readonly trace?: Pick<ReplayTrace, 'observer' | 'call'>;
};

/** Asks the engine before each call that the recording holds, as its agent would have. No model is called. */
export async function replaySession(
  session: SessionContent,
  setting: Setting,
  { sessionId = 'recorded', trace }: ReplayOptions = {},
): Promise<Replay> {
  const { dialect, items, instructions, tools } = session;
  const views = items.map((item) => dialect.inspect(item));
  const calls = recordedCalls(session, views);
  let at = 0;
  const isTimed = calls.length > 0 && calls.every(({ recorded }) => recorded?.at !== undefined);
  const manager = new CompactManager<object>({
    ...setting,
    dialect,
    observer: trace?.observer,
    ...(isTimed ? { now: () => at } : {}),
  });
  const hindsight = new Hindsight(session, views);
  const modelled: Sent[] = [];
  let overBudgetCount = 0;
  let sequence = 0;
  for (const call of calls) {
    at = call.recorded?.at ?? at;
    const before = modelled.at(-1);
    const result = await manager.preflight({
      sessionId,
      items: items.slice(0, call.index),
      instructions,
      tools,
      usage: before?.call.recorded && { inputTokens: before.promptTokens },
    });
    const sent = sentAt(call, result, before);
    modelled.push(sent);
    trace?.call(calledAs(sent, result.sequence > 0));
    if (sent.promptTokens > result.window.limitTokens - result.window.reserveTokens) overBudgetCount += 1;
    hindsight.answer(call.index, result);
    ({ sequence } = result);
  }
  const { needed, lost } = hindsight;
  return {
    calls: calls.length,
    peakTokens: modelled.reduce((most, { promptTokens }) => Math.max(most, promptTokens), 0),
    overBudgetCount,
    compactions: sequence,
    sentTokens: modelled.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
    cacheEpochs: modelled.filter(({ isRewritten }) => isRewritten).length + 1,
    retention: needed === 0 ? 1 : 1 - lost.length / needed,
    needed,
    lost,
    ...costOf(modelled, setting),
  };
}

type Sent = {
  readonly call: RecordedCall;
  readonly promptTokens: number;
  /** At its beginning, as in the call before. */
  readonly sharedTokens: number;
  readonly isRewritten: boolean;
};

/** The prompt as it is sent: what the provider counted of the whole, less what the splices in force take away. */
function sentAt(call: RecordedCall, result: CompactResult<object>, before: Sent | undefined): Sent {
  const { ledger, tokens, summary, prefixTokens } = result;
  const gone = ledger.reduce((sum, { index, tokens: was, tokensAfter }) => {
    return index === undefined ? sum : sum + was - tokensAfter;
  }, 0);
  const promptTokens =
    call.wholeTokens === undefined
      ? tokens.after
      : Math.max(1, Math.round(call.wholeTokens - gone + (summary?.tokens ?? 0)));
  const shared = Math.min(promptTokens, before?.promptTokens ?? 0);
  return {
    call,
    promptTokens,
    sharedTokens: Math.min(shared, prefixTokens ?? shared),
    isRewritten: prefixTokens !== undefined,
  };
}

/** The call as the provider would have reported it; when it began was not recorded. */
function calledAs({ call: { recorded }, promptTokens }: Sent, isCompacted: boolean): ReplayedCall {
  const endedAt = recorded?.at ?? Date.now();
  return {
    model: recorded?.model,
    usage: { inputTokens: promptTokens, outputTokens: recorded?.output },
    startedAt: endedAt,
    endedAt,
    isCompacted,
  };
}

function costOf(sent: readonly Sent[], { prices }: Setting): Pick<Replay, 'cost'> {
  const calls = sent.flatMap(({ call: { recorded }, promptTokens, sharedTokens }): readonly ModelledCall[] =>
    recorded === undefined ? [] : [{ recorded, promptTokens, sharedTokens }],
  );
  const list = prices ?? recordedPrices(calls.map(({ recorded }) => recorded));
  if (list === undefined || calls.length === 0) return {};
  const amount = modelBill(calls, list);
  return amount === undefined ? {} : { cost: { amount, currency: list.currency } };
}
