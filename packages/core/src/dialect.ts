import type { ItemView } from './item-view.ts';
import type { Defect } from './validity/defect.ts';

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
  /**
   * A copy in which a note stands for each picture and file, and the text beside them stays. The same item where
   * there are none, or where the format has no place for a note. Absent: media are never cleared by themselves.
   */
  clearMedia?(item: TItem): TItem;
  /**
   * A copy of a call without its arguments, in a form that the provider accepts: ids, names and paths stay. The
   * same item where it makes no call of the caller's tools. Absent: arguments are never cleared.
   */
  clearInput?(item: TItem): TItem;
  /** A new message that the provider accepts in this format. */
  message(role: 'assistant' | 'user', text: string): TItem;
  /** Whether the caller marked the item with `flag`. */
  hasFlag(item: TItem, flag: string): boolean;
  /** The item without the flag, whatever its value, so that it never reaches a provider; the same item where there is none. */
  withoutFlag(item: TItem, flag: string): TItem;
  /** Whether a message may stand directly behind another, or at the start. Absent: user and assistant take no turns. */
  mayFollow?(before: ItemView | undefined, after: ItemView): boolean;
  /**
   * What the provider would refuse; with `input`, only what is wrong with the items and was not with those. A plan
   * that would make a defect is not carried out. Absent: only the pairs of calls and results are checked.
   *
   * @param viewOf what `inspect` said of an item, where the caller still has it
   */
  validate?(
    items: readonly TItem[],
    input?: readonly TItem[],
    viewOf?: (item: TItem) => ItemView | undefined,
  ): readonly Defect[];
  /** The items that hold a summary in its place. Absent: one message of the assistant, which may stand anywhere. */
  placeSummary?(text: string, before: ItemView | undefined, after: ItemView | undefined): readonly TItem[];
}
