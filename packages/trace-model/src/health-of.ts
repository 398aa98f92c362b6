import { audit } from './audit.ts';
import type { Call } from './call.ts';
import { retentionOf } from './retention-of.ts';
import type { Session } from './session.ts';

/** What is found wrong, by a rule with a name. */
export type HealthRule =
  | 'unaccounted'
  | 'failed'
  | 'thrash'
  | 'over_budget'
  | 'eroded'
  | 'fallback'
  | 'held_back';

/** A rule that found something: how often, and the run to look at, the latest of them. */
export type HealthSign = { readonly rule: HealthRule; readonly count: number; readonly runId: string };

/** The signs of a session, the gravest first. None is no proof of health where little was recorded. */
export function healthOf(session: Session): readonly HealthSign[] {
  const { calls, cuts } = session;
  const last = calls.findLast((call) => call.outcome !== undefined);
  const isTripped = last?.thrash !== undefined && last.thrash.breaker !== 'closed';
  const eroding = retentionOf(session).cuts.filter(({ retention }) => retention.eroded > 0);
  return [
    sign(
      'unaccounted',
      cuts.filter((cut) => audit(cut).state === 'unbalanced'),
    ),
    sign(
      'failed',
      cuts.filter((cut) => cut.kind === 'failed' || cut.kind === 'interrupted'),
    ),
    sign('thrash', isTripped ? [last] : [], last?.thrash?.compactions),
    sign('over_budget', withOutcome(calls, 'irreducible')),
    sign(
      'eroded',
      eroding.map(({ cut }) => cut),
      eroding.reduce((total, { retention }) => total + retention.eroded, 0),
    ),
    sign('fallback', withOutcome(calls, 'fallback')),
    sign('held_back', withOutcome(calls, 'futile')),
  ].flat();
}

function withOutcome(calls: readonly Call[], outcome: Call['outcome']): readonly Call[] {
  return calls.filter((call) => call.outcome === outcome);
}

function sign(
  rule: HealthRule,
  found: readonly { readonly id: string }[],
  count = found.length,
): readonly HealthSign[] {
  const latest = found.at(-1);
  return latest === undefined ? [] : [{ rule, count, runId: latest.id }];
}
