import { digestOf } from '../digest.ts';
import type { SummaryInfo } from '../result.ts';
import { renderSummary } from '../summary-block.ts';
import type { Weigher } from '../weigh.ts';
import type { SummaryVerification } from './judge-summary.ts';

export type SummaryPlace = {
  readonly newId: () => string;
  /** The summary that it replaces. */
  readonly previous: SummaryInfo | undefined;
  readonly weigher: Weigher;
};

/** A text as the summary that follows `previous`. */
export function summaryInfo(
  { newId, previous, weigher }: SummaryPlace,
  text: string,
  verification?: SummaryVerification,
): SummaryInfo {
  const version = (previous?.version ?? 0) + 1;
  return {
    id: newId(),
    version,
    ...(previous === undefined ? {} : { parentId: previous.id }),
    tokens: summaryTokens(weigher, version, text),
    digest: digestOf(text),
    text,
    ...(verification === undefined ? {} : { verification }),
  };
}

/** What it weighs in the context, its frame included. */
export function summaryTokens(weigher: Weigher, version: number, text: string): number {
  return weigher.view({ text: renderSummary({ version, text }), mediaCount: 0 });
}
