import type { ItemView } from './item-view.ts';

/** Whether an item may never leave. */
export type Protects<TItem> = {
  (view: ItemView, item: TItem): boolean;
  /** Grows when it would answer otherwise than before; else an item is asked about once. */
  readonly version?: () => number;
};
