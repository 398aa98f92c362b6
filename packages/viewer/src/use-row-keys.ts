import { useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from 'react';

/** Rows that Page Up and Page Down go on by. */
const page = 12;

/**
 * The arrows, Page Up and Down, Home and End go from row to row of a list whose active row alone is a tab stop. Returns the
 * handler for the list's element.
 */
export function useRowKeys({
  list,
  count,
  active,
  onMove,
}: {
  readonly list: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly active: number;
  readonly onMove: (index: number) => void;
}): (event: KeyboardEvent) => void {
  const isMoving = useRef(false);
  useLayoutEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    list.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true });
  }, [list, active]);

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    if (event.target.dataset['index'] === undefined) return;
    const to = target(event.key, active, count);
    if (to === undefined) return;
    event.preventDefault();
    if (to === active) return;
    isMoving.current = true;
    onMove(to);
  };
}

function target(key: string, active: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, active + page);
    case 'PageUp':
      return Math.max(0, active - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
