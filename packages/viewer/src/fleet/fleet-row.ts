import {
  costOf,
  digestOf,
  healthOf,
  retentionOf,
  type FactKind,
  type HealthRule,
  type KeptOfTotal,
  type Session,
  type SessionDigest,
} from '@clew/trace-model';
import { curveOf, type Curve } from './curve.ts';

/** Of a session's digest, what a row shows. */
export type FleetDigest = Pick<
  SessionDigest,
  'calls' | 'compactions' | 'fallbacks' | 'failures' | 'savedTokens'
> &
  Partial<Pick<SessionDigest, 'unbalanced' | 'basis' | 'peakTokens' | 'peakRatio'>>;

/** A session among many: plain data, so that a host may send it without the spans. What is absent was not told. */
export type FleetRow = {
  readonly id: string;
  readonly name: string;
  readonly agents: readonly string[];
  readonly models: readonly string[];
  /** The policy of its latest decision, in a few words. */
  readonly policy?: string;
  /** Epoch milliseconds. */
  readonly start?: number;
  readonly end?: number;
  readonly isOpen?: boolean;
  /** Absent where no compaction engine was seen. */
  readonly digest?: FleetDigest;
  readonly curve?: Curve;
  /** How full its window was at the latest call, and where compaction fires, as shares: for who has no curve. */
  readonly fullness?: { readonly share: number; readonly trigger?: number };
  /** What is to be looked at, the gravest first. */
  readonly signs?: readonly { readonly rule: HealthRule; readonly count: number }[];
  /** The kind of facts that fared worst after the last compaction that measured it. */
  readonly worst?: KeptOfTotal & { readonly kind: FactKind };
  /** What its compactions brought less what they cost so far. */
  readonly net?: { readonly amount: number; readonly currency: string };
};

const rows = new WeakMap<Session, FleetRow>();

/** The row of a folded session; the same session has the same row. */
export function fleetRowOf(session: Session): FleetRow {
  const earlier = rows.get(session);
  if (earlier !== undefined) return earlier;
  const row = summarized(session);
  rows.set(session, row);
  return row;
}

function summarized(session: Session): FleetRow {
  const { id, name, agents, models, start, end, state, calls } = session;
  const [policy, curve, worst, net] = [
    policyName(session),
    curveOf(calls),
    worstKind(session),
    netOf(session),
  ];
  return {
    id,
    name,
    agents,
    models,
    isOpen: state === 'open',
    ...(calls.length > 0 && { digest: digestOf(session) }),
    signs: healthOf(session).map(({ rule, count }) => ({ rule, count })),
    ...(policy !== undefined && { policy }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(curve !== undefined && { curve }),
    ...(worst !== undefined && { worst }),
    ...(net !== undefined && { net }),
  };
}

function policyName({ runs }: Session): string | undefined {
  const decision = runs.findLast((run) => run.decision !== undefined)?.decision;
  if (decision === undefined) return undefined;
  const { strategy, trigger_pct } = decision.policy;
  return `${strategy.replaceAll('_', ' ')}, trigger ${trigger_pct}`;
}

function worstKind(session: Session): FleetRow['worst'] {
  const told = retentionOf(session).kinds.map(({ kind, last }) => ({ kind, ...last }));
  const share = ({ kept, total }: KeptOfTotal): number => (total === 0 ? 1 : kept / total);
  return told.toSorted((a, b) => share(a) - share(b)).find(({ kept, total }) => kept < total);
}

/** Nothing where any part of it is not known, or where currencies differ. */
function netOf(session: Session): FleetRow['net'] {
  const { cuts } = costOf(session);
  const [first] = cuts;
  if (first?.currency === undefined) return undefined;
  const { currency } = first;
  const nets = cuts.map((cut) => (cut.currency === currency ? cut.net : undefined));
  if (nets.includes(undefined)) return undefined;
  return { currency, amount: nets.reduce<number>((sum, net) => sum + (net ?? 0), 0) };
}
