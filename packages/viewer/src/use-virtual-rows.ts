import {
  defaultRangeExtractor,
  measureElement,
  observeElementRect,
  useVirtualizer,
  type Rect,
  type VirtualItem,
} from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';

/** Where the list has no layout it counts as this high, in pixels, and its rows as high as they were guessed. */
const assumedHeight = 620;

export type VirtualRows = {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: readonly VirtualItem[];
  /** Of all rows together, in pixels. */
  readonly height: number;
  /** For each row's element, which carries its place as `data-index`. */
  readonly measure: (element: HTMLElement | null) => void;
  readonly scrollTo: (index: number) => void;
};

/**
 * The rows of a long list that are in sight, a few around them, and the active one, so that the focus is never lost.
 *
 * @param options.rowHeight pixels that a row has before it is measured
 * @param options.headHeight pixels at the top that a head covers
 */
export function useVirtualRows(options: {
  readonly count: number;
  readonly rowHeight: number;
  readonly headHeight: number;
  readonly keyOf: (index: number) => string | number;
  readonly active: number;
  /** What is listed and how, in a word: where it changes, the list begins at its top. */
  readonly view: string;
}): VirtualRows {
  const { count, rowHeight, headHeight, keyOf, active, view } = options;
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions change with every render, and nothing here memoises them
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 8,
    scrollPaddingStart: headHeight,
    useFlushSync: false,
    measureElement: (...of) => measureElement(...of) || rowHeight,
    observeElementRect: (instance, tell) =>
      observeElementRect(instance, (rect: Rect) =>
        tell(rect.height === 0 ? { ...rect, height: assumedHeight } : rect),
      ),
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const shown = defaultRangeExtractor(range);
        if (active >= range.count || shown.includes(active)) return shown;
        return [...shown, active].toSorted((a, b) => a - b);
      },
      [active],
    ),
  });
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [view]);
  return {
    scroller,
    rows: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    measure: virtualizer.measureElement,
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
