import type { Changes } from './change.ts';
import type { SummaryPlacer } from './commit.ts';
import { editItem } from './edit-item.ts';
import type { Engine } from './engine.ts';
import { categoryOf } from './entry.ts';
import type { Entry } from './entry.ts';
import type { ItemView } from './item-view.ts';
import type { Prepared } from './prepare.ts';

type Maker<TItem> = {
  readonly engine: Pick<Engine<TItem>, 'dialect' | 'inspector'>;
  readonly prepared: Pick<Prepared<TItem>, 'weigher'>;
};

/** Makes the items that hold a summary in its place. */
export function placerOf<TItem>({ engine, prepared }: Maker<TItem>, text: string): SummaryPlacer<TItem> {
  const { dialect, inspector } = engine;
  const place = (before?: ItemView, after?: ItemView) =>
    dialect.placeSummary?.(text, before, after) ?? [dialect.message('assistant', text)];
  return (before, after) =>
    place(before?.view, after?.view).map((made) => {
      const { item, view, id } = inspector.inspect(made);
      const mark = { isProtected: false, isSummary: true };
      return {
        item,
        view,
        id,
        tokens: prepared.weigher.view(view),
        category: categoryOf(view, mark),
        ...mark,
      };
    });
}

/** The copies that the changes ask for: each is read, hashed and weighed like an item of the caller's. */
export function* editEach<TItem>(
  { engine, prepared }: Maker<TItem>,
  entries: readonly Entry<TItem>[],
  changes: Changes,
): Generator<void, ReadonlyMap<number, Entry<TItem>>> {
  const edited = new Map<number, Entry<TItem>>();
  for (const [position, change] of changes) {
    const entry = entries[position];
    if (entry === undefined || !('text' in change)) continue;
    const { item, view, id } = engine.inspector.inspect(editItem(engine.dialect, entry.item, change));
    edited.set(position, { ...entry, item, view, id, tokens: prepared.weigher.view(view) });
    yield;
  }
  return edited;
}

/** What clearing a part of an item would make of it: its view, which is weighed. */
export function cleared<TItem>(
  { engine: { dialect } }: Maker<TItem>,
  { item }: Entry<TItem>,
  part: 'media' | 'input',
): ItemView | undefined {
  const edit = editItem(dialect, item, { part, text: '' });
  return edit === item ? undefined : dialect.inspect(edit);
}
