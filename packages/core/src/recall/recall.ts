import { isReadable } from '../archive.ts';
import type { Engine } from '../engine.ts';
import { CompactError } from '../errors.ts';
import type { ItemView } from '../item-view.ts';
import type { Fate } from '../ledger.ts';
import type { SessionState } from '../session-state.ts';
import { archivedItems } from './archived-items.ts';
import type { ArchivedItem, Unreadable } from './archived-items.ts';
import { rowsOutside } from './rows-outside.ts';
import { Ranking } from './ranking.ts';

/** By the id of a ledger row (or its first 6 characters or more) or of a call; or by words. */
export type RecallRequest =
  | { readonly id: string }
  | {
      readonly query: string;
      /** At most this many items; 5 by default, 50 at most. */
      readonly limit?: number | undefined;
    };

/** An item that left the context, as it was before anything was done to it. */
export type Recalled<TItem> = {
  /** As it was stored: where secrets are redacted in the archive, without them. */
  readonly item: TItem;
  /** What a model read of it. */
  readonly text: string;
  readonly role: ItemView['role'];
  readonly kind: ItemView['kind'];
  readonly tool?: string;
  readonly id: string;
  /** Its number among all that the caller ever gave; absent for an earlier summary. */
  readonly index?: number;
  /** What became of it; absent where neither the session nor the archive knows. `kept`: it is in the context. */
  readonly fate?: Fate;
  /** The compaction that decided the fate. */
  readonly sequence: number;
  readonly archiveRef: string;
  /** The higher, the better it fits the query; 1 where it was asked for by its id. */
  readonly score: number;
};

export type RecallResult<TItem> = {
  readonly outcome: 'found' | 'nothing_found' | 'no_readable_archive' | 'archive_failed';
  /** The best first; by id, in the order of the conversation. */
  readonly items: readonly Recalled<TItem>[];
  /** How many archived items were looked at. */
  readonly scannedCount: number;
  /** What could not be read; what is found without it may not be all. */
  readonly unreadable: readonly Unreadable[];
  readonly advice?: string;
};

const defaultLimit = 5;
const maxLimit = 50;
const minIdLength = 6;

/**
 * Finds what left the context in the archive. It streams: one archived object is in memory at a time.
 *
 * @throws CompactError `invalid_options` for a request that asks for nothing
 */
export async function recallItems<TItem>(
  engine: Engine<TItem>,
  state: SessionState,
  sessionId: string,
  request: RecallRequest,
  signal: AbortSignal,
): Promise<RecallResult<TItem>> {
  const { archive } = engine;
  const matcher = 'id' in request ? byId<TItem>(request.id) : byQuery<TItem>(request.query, request.limit);
  const empty = { items: [], scannedCount: 0, unreadable: [] };
  if (!isReadable(archive)) {
    const advice =
      archive === undefined
        ? 'There is no archive: set one (FsArchive, say) to be able to recall what leaves.'
        : `The ${archive.name} archive cannot be read: give it list() and read(), see ReadableArchive.`;
    return { ...empty, outcome: 'no_readable_archive', advice };
  }
  const unreadable: Unreadable[] = [];
  const fateOf = currentFates(state);
  let scannedCount = 0;
  let items: readonly Recalled<TItem>[];
  try {
    for await (const found of archivedItems(archive, sessionId, signal, (what) => unreadable.push(what))) {
      scannedCount += 1;
      matcher.add(read(engine, found, fateOf));
    }
    items = await matcher.found(async ({ source }) => {
      const { items: stored } = await archive.read(sessionId, source.object, signal);
      return read(engine, { ...source, item: stored[source.position] }, fateOf);
    });
  } catch (error) {
    signal.throwIfAborted();
    const advice = `The ${archive.name} archive could not be read: ${String(error)}`;
    return { ...empty, scannedCount, unreadable, outcome: 'archive_failed', advice };
  }
  const outcome = items.length === 0 ? 'nothing_found' : 'found';
  return { outcome, items, scannedCount, unreadable };
}

/** Where an item is, without it. */
type Source = { readonly source: Omit<ArchivedItem, 'item'> };
type Read<TItem> = Source & { readonly view: ItemView; readonly recalled: Omit<Recalled<TItem>, 'score'> };
type Matcher<TItem> = {
  readonly add: (found: Read<TItem>) => void;
  readonly found: (again: (source: Source) => Promise<Read<TItem>>) => Promise<readonly Recalled<TItem>[]>;
};

function byId<TItem>(id: string): Matcher<TItem> {
  const wanted = id.trim();
  if (wanted === '') throw invalid('an id', id);
  const found: Recalled<TItem>[] = [];
  const isMeant = (known: string) =>
    known === wanted ||
    wanted.startsWith(known) ||
    (wanted.length >= minIdLength && known.startsWith(wanted));
  return {
    add: ({ view: { calls, answers }, source, recalled }) => {
      if (!isMeant(source.id) && !calls.includes(wanted) && !answers.includes(wanted)) return;
      found.push({ ...recalled, score: 1 });
    },
    found: async () => found.toSorted((left, right) => (left.index ?? -1) - (right.index ?? -1)),
  };
}

function byQuery<TItem>(query: string, limit = defaultLimit): Matcher<TItem> {
  if (query.trim() === '') throw invalid('a query', query);
  if (!Number.isInteger(limit) || limit < 1) throw invalid('a limit of 1 or more', limit);
  // Only where a text is, not the text: a session's archive may be larger than memory.
  const ranking = new Ranking<Source>(query);
  return {
    // Of an earlier summary the next one, and the items themselves, say the same.
    add: ({ source, recalled }) => {
      if (!source.isSummary) ranking.add({ source }, recalled.text);
    },
    found: async (again) => {
      const found: Recalled<TItem>[] = [];
      for (const { key, score } of ranking.top(Math.min(limit, maxLimit))) {
        found.push({ ...(await again(key)).recalled, score });
      }
      return found;
    },
  };
}

function read<TItem>(
  { dialect }: Engine<TItem>,
  { item: stored, ...source }: ArchivedItem,
  fateOf: (id: string) => Fate | undefined,
): Read<TItem> {
  // The archive gave back what we put there: an item of this dialect.
  const item = stored as TItem;
  const view = dialect.inspect(item);
  const { text, role, kind, tool } = view;
  const { id, index, sequence, archiveRef } = source;
  const fate = fateOf(id) ?? source.fate;
  return {
    source,
    view,
    recalled: {
      item,
      text,
      role,
      kind,
      ...(tool === undefined ? {} : { tool }),
      id,
      ...(index === undefined ? {} : { index }),
      ...(fate === undefined ? {} : { fate }),
      sequence,
      archiveRef,
    },
  };
}

/** What the session knows is newer than what was said when an item was stored. */
function currentFates(state: SessionState): (id: string) => Fate | undefined {
  if (state.splices.length === 0) return () => undefined;
  const fates = new Map<string, Fate>();
  for (const splice of state.splices.toReversed()) {
    for (const { id, fate } of rowsOutside(splice)) fates.set(id, fate);
  }
  // Archived by a compaction that came to nothing: it never left.
  return (id) => fates.get(id) ?? 'kept';
}

function invalid(expected: string, actual: unknown): CompactError {
  return new CompactError({
    code: 'invalid_options',
    message: `recall expected ${expected}, got ${JSON.stringify(actual)}.`,
  });
}
