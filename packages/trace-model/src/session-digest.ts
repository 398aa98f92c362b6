import { audit } from './audit.ts';
import { sentTokens } from './call.ts';
import type { Basis } from '@clew/semconv';
import { known } from './known.ts';
import type { Session } from './session.ts';

/** A session in a few numbers, for a row of a list or a sentence. */
export type SessionDigest = {
  readonly calls: number;
  readonly compactions: number;
  /** Times that what had left was put back: no compactions, though they change the context. */
  readonly restorations: number;
  readonly running: number;
  readonly fallbacks: number;
  readonly failures: number;
  /** Compactions whose sums do not add up. */
  readonly unbalanced: number;
  readonly savedTokens: number;
  /** What the latest call holds, and how that is known. */
  readonly tokens?: number;
  readonly basis?: Basis;
  readonly limit?: number;
  /** The fullest that a prompt has been, before any cut. */
  readonly peakTokens?: number;
  readonly peakRatio?: number;
};

const digests = new WeakMap<Session, SessionDigest>();

export function digestOf(session: Session): SessionDigest {
  const earlier = digests.get(session);
  if (earlier !== undefined) return earlier;
  const digest = summarize(session);
  digests.set(session, digest);
  return digest;
}

function summarize({ calls, cuts }: Session): SessionDigest {
  const changed = cuts.filter((cut) => cut.kind === 'changed' && cut.outcome !== 'restored');
  const last = calls.findLast((call) => sentTokens(call) !== undefined);
  const peak = calls.reduce<number | undefined>((max, call) => larger(max, call.before?.tokens), undefined);
  const peakRatio = calls.reduce<number | undefined>(
    (max, { before, window }) =>
      larger(max, before && window && window.limit > 0 ? before.tokens / window.limit : undefined),
    undefined,
  );
  return {
    calls: calls.length,
    compactions: changed.length,
    restorations: cuts.filter((cut) => cut.outcome === 'restored').length,
    running: cuts.filter((cut) => cut.kind === 'running').length,
    fallbacks: changed.filter((cut) => cut.outcome === 'fallback').length,
    failures: cuts.filter((cut) => cut.kind === 'failed' || cut.kind === 'interrupted').length,
    unbalanced: cuts.filter((cut) => audit(cut).state === 'unbalanced').length,
    savedTokens: changed.reduce((total, cut) => total + (cut.saved ?? 0), 0),
    ...known({
      tokens: last && sentTokens(last),
      basis: last?.basis,
      limit: last?.window?.limit,
      peakTokens: peak,
      peakRatio,
    }),
  };
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
