import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Glyph } from './glyph.tsx';

/** A panel that opens over the page by a key or a button, takes the focus, and gives it back when it closes. */
export function PopPanel({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const first = panel.current?.querySelector<HTMLElement>('input, [data-first]') ?? panel.current;
    first?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    <div
      className="clew-panel clew-pop"
      role="dialog"
      aria-label={title}
      ref={panel}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div className="clew-panel-head">
        <h2>{title}</h2>
        <button type="button" className="clew-button clew-square" aria-label="Close" onClick={onClose}>
          <Glyph name="cross" />
        </button>
      </div>
      {children}
    </div>
  );
}
