import type { KeyboardEvent, ReactNode } from 'react';

/** The element below which Clew's styles hold, and above which its keys do not reach. */
export function ClewRoot({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="clew" onKeyDown={keepSpace}>
      {children}
    </div>
  );
}

/** A host may take Space for itself from anywhere in its window; then no button in here could be pressed with it. */
function keepSpace(event: KeyboardEvent): void {
  if (event.key === ' ') event.stopPropagation();
}
