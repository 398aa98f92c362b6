import type { Call, Cut, Session } from '@clew/trace-model';
import type { Place } from '../place.ts';
import type { ViewId } from './view-id.ts';

/** What a place shows: a view, the call and the cut that it is about, and whether they were chosen. */
export type Shown = {
  readonly view: ViewId;
  readonly call: Call | undefined;
  readonly cut: Cut | undefined;
  readonly isChosen: boolean;
};

/** Reads a place: where no view is named the selection decides, and where nothing is selected the latest stands. */
export function viewInPlace({ calls, cuts }: Session, { run, view }: Place): Shown {
  const chosen = calls.find(({ id }) => id === run);
  const call = chosen ?? calls.at(-1);
  const position = call?.position ?? 0;
  const cut = cuts.findLast((each) => each.call.position <= position) ?? cuts[0];
  const isCut = chosen !== undefined && cut?.id === chosen.id;
  return {
    view: view ?? (chosen === undefined ? 'overview' : isCut ? 'cut' : 'seen'),
    call,
    cut,
    isChosen: chosen !== undefined,
  };
}
