import type { Call, Cut, LedgerRow, Session } from '@clew/trace-model';
import { cutName } from '../cut/cut-words.ts';
import type { Reveal } from '../use-reveal.ts';
import type { ViewId } from '../views/view-id.ts';
import { categoryWords, fateWords, outcomeWords } from '../words.ts';

/** Something that has the words in it, and where it is shown. */
export type Hit = {
  readonly key: string;
  readonly text: string;
  readonly runId: string;
  readonly view: ViewId;
};

/** More than this are no answer: the words want to be more exact. */
const most = 60;

/**
 * Compactions, calls and items that have every word of the query in their names. Of content only what was revealed is looked
 * through, so that hidden text cannot be guessed at by looking for it.
 */
export function findInSession(
  session: Session,
  query: string,
  isRevealed: Reveal['isRevealed'],
): readonly Hit[] {
  const words = query
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const hits: Hit[] = [];
  for (const hit of candidates(session, isRevealed)) {
    const text = hit.text.toLocaleLowerCase();
    if (words.every((word) => text.includes(word))) hits.push(hit);
    if (hits.length === most) break;
  }
  return hits;
}

function* candidates(session: Session, isRevealed: Reveal['isRevealed']): Generator<Hit> {
  for (const cut of session.cuts) {
    yield { key: `cut/${cut.id}`, text: cutText(cut, isRevealed), runId: cut.id, view: 'cut' };
  }
  for (const call of session.calls) {
    yield { key: `call/${call.id}`, text: callText(call), runId: call.id, view: 'seen' };
  }
  for (const cut of session.cuts) {
    for (const [at, row] of (cut.ledger ?? []).entries()) {
      yield { key: `item/${cut.id}/${at}`, text: rowText(cut, row, isRevealed), runId: cut.id, view: 'cut' };
    }
  }
}

function cutText(cut: Cut, isRevealed: Reveal['isRevealed']): string {
  const summary = isRevealed(`${cut.id}/summary`) ? cut.summary?.text : undefined;
  return joined([cutName(cut), cut.strategy, cut.summary?.id, summary]);
}

function callText({ position, outcome, model, agent }: Call): string {
  return joined([
    `Call ${position}`,
    outcome === undefined ? undefined : outcomeWords[outcome],
    agent,
    model,
  ]);
}

function rowText(cut: Cut, row: LedgerRow, isRevealed: Reveal['isRevealed']): string {
  const isShown = isRevealed(`${cut.id}/previews`) || isRevealed(`${cut.id}/preview/${row.id}`);
  return joined([
    row.tool ?? `${row.role} ${row.kind}`,
    row.id,
    categoryWords[row.category],
    `${fateWords[row.fate]} at call ${cut.call.position}`,
    isShown ? row.preview : undefined,
  ]);
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
