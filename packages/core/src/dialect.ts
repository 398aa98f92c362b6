import type { ItemView } from './item-view.ts';

/**
 * How to read and write one item format without losing a field.
 *
 * Contract: every method is pure and never changes the item that it is given; an item of an unknown type
 * is viewed as kind `other` and passed through; an edited copy keeps every field that was not edited.
 */
export interface Dialect<TItem> {
  readonly name: string;
  inspect(item: TItem): ItemView;
  /** A copy whose payload (a tool's output, a message's text) is replaced by `text`. Ids and types stay. */
  replaceText(item: TItem, text: string): TItem;
  /** A new message that the provider accepts in this format. */
  message(role: 'assistant' | 'user', text: string): TItem;
  /** Whether the caller marked the item with `flag`. */
  hasFlag(item: TItem, flag: string): boolean;
  /** The item without the mark, so that it never reaches a provider; the same item where there is none. */
  withoutFlag(item: TItem, flag: string): TItem;
  /** Whether a message may stand directly behind another, or at the start. Absent: user and assistant take no turns. */
  mayFollow?(before: ItemView | undefined, after: ItemView): boolean;
  /** The items that hold a summary in its place. Absent: one message of the assistant, which may stand anywhere. */
  placeSummary?(text: string, before: ItemView | undefined, after: ItemView | undefined): readonly TItem[];
}
