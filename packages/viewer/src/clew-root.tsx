import type { KeyboardEvent, ReactNode } from 'react';
import { useLoweredScheme } from './use-lowered-scheme.ts';

/** The element below which Clew's styles hold, and above which its keys do not reach. */
export function ClewRoot({
  children,
  isInline = false,
}: {
  readonly children: ReactNode;
  /** Within a line of the host's, as wide as what it holds. */
  readonly isInline?: boolean;
}): ReactNode {
  const root = useLoweredScheme();
  return (
    <div ref={root} className={isInline ? 'clew clew-inline' : 'clew'} onKeyDown={keepSpace}>
      {children}
    </div>
  );
}

/** A host may take Space for itself from anywhere in its window; then no button in here could be pressed with it. */
function keepSpace(event: KeyboardEvent): void {
  if (event.key === ' ') event.stopPropagation();
}
