import { useCallback, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useRowKeys } from './use-row-keys.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

/**
 * A grid of any number of lines, of which those in sight are in the page. One line is a tab stop, from which the arrows, Page Up
 * and Down, Home and End lead on.
 */
export function VirtualGrid<TLine extends { readonly key: string }>({
  name,
  className,
  lines,
  view,
  rowHeight,
  headHeight,
  head,
  classOf,
  onKey,
  children,
}: {
  readonly name: string;
  readonly className: string;
  readonly lines: readonly TLine[];
  /** What is listed and how, in a word: where it changes, the list begins at its top. */
  readonly view: string;
  /** Pixels, before a line is measured. */
  readonly rowHeight: number;
  readonly headHeight: number;
  /** The heads of its columns. */
  readonly head: ReactNode;
  readonly classOf?: (line: TLine) => string;
  /** Answers a key that was pressed on a line itself; `true` where it meant something. */
  readonly onKey: (key: string, line: TLine) => boolean;
  /** The cells of a line. */
  readonly children: (line: TLine) => ReactNode;
}): ReactNode {
  const [{ index: chosen, of }, choose] = useState({ index: 0, of: view });
  const active = of === view ? Math.min(chosen, lines.length - 1) : 0;
  const keyOf = useCallback((index: number) => lines[index]?.key ?? index, [lines]);
  const count = lines.length;
  const { scroller, rows, height, measure, scrollTo } = useVirtualRows({
    count,
    rowHeight,
    headHeight,
    keyOf,
    active,
    view,
  });
  const onMove = (index: number): void => {
    choose({ index, of: view });
    scrollTo(index);
  };
  const onArrows = useRowKeys({ list: scroller, count, active, onMove });
  const onKeyDown = (event: KeyboardEvent, line: TLine): void => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    if (onKey(event.key, line)) event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      role="grid"
      className={`clew-grid ${className}`}
      aria-label={name}
      aria-rowcount={count + 1}
      onKeyDown={onArrows}
    >
      <div role="rowgroup" className="clew-grid-head">
        <div role="row" aria-rowindex={1} className="clew-grid-row">
          {head}
        </div>
      </div>
      <div role="rowgroup" className="clew-grid-body" style={{ height }}>
        {rows.map(({ index, start }) => {
          const line = lines[index];
          return line === undefined ? null : (
            <div
              key={line.key}
              ref={measure}
              role="row"
              aria-rowindex={index + 2}
              data-index={index}
              className={`clew-grid-row ${classOf?.(line) ?? ''}`}
              tabIndex={index === active ? 0 : -1}
              style={{ transform: `translateY(${start}px)` }}
              onFocus={() => choose({ index, of: view })}
              onKeyDown={(event) => onKeyDown(event, line)}
            >
              {children(line)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
