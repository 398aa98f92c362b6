import type { EditedPart } from './change.ts';
import type { Dialect } from './dialect.ts';

/** The edited copy of an item, as its dialect writes it; the same item where there is nothing to edit. */
export function editItem<TItem>(
  dialect: Dialect<TItem>,
  item: TItem,
  { part = 'text', text }: { readonly part?: EditedPart; readonly text: string },
): TItem {
  switch (part) {
    case 'text':
      return dialect.replaceText(item, text);
    case 'media':
      return dialect.clearMedia?.(item) ?? item;
    case 'input':
      return dialect.clearInput?.(item) ?? item;
  }
}
