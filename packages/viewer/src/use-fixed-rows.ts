import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** The rows in sight of a long list, whose rows are all of one height. */
export type FixedRows = {
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  /** From and up to which row, the last excluded. */
  readonly from: number;
  readonly to: number;
};

/** Rows beyond the edges, so that a quick scroll shows no hole. */
const beyond = 12;
/** Where there is no layout a list counts as this high, in pixels. */
const assumedHeight = 560;

/** @param rowHeight pixels; @param active a row that is brought into sight when it changes */
export function useFixedRows(count: number, rowHeight: number, active?: number): FixedRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const [height, setHeight] = useState(assumedHeight);
  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    setFirst(Math.floor(element.scrollTop / rowHeight));
    setHeight(element.clientHeight || assumedHeight);
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || active === undefined || active < 0) return;
    const top = active * rowHeight;
    const inSight =
      top >= element.scrollTop && top + 2 * rowHeight <= element.scrollTop + element.clientHeight;
    if (!inSight) element.scrollTop = Math.max(0, top - element.clientHeight / 2);
  }, [active, rowHeight]);
  const shown = Math.ceil(height / rowHeight);
  const start = Math.min(first, Math.max(0, count - shown));
  return {
    scroller,
    onScroll,
    from: Math.max(0, start - beyond),
    to: Math.min(count, start + shown + beyond),
  };
}
