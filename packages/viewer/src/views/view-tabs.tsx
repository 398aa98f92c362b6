import { useEffect, useRef, type ReactNode } from 'react';
import { sessionViews } from './session-views.ts';
import type { ViewId } from './view-id.ts';

/** The ways to look at a session. Buttons of a navigation, not ARIA tabs: the arrow keys go from call to call. */
export function ViewTabs({
  shown,
  onView,
}: {
  readonly shown: ViewId;
  readonly onView: (view: ViewId) => void;
}): ReactNode {
  const bar = useRef<HTMLElement>(null);
  // Where they do not all fit, the one that is shown is in sight. Only the bar is scrolled, never the page.
  useEffect(() => {
    const tab = bar.current?.querySelector<HTMLElement>(`[data-view="${shown}"]`);
    if (tab && bar.current) bar.current.scrollLeft = tab.offsetLeft - bar.current.offsetLeft - 40;
  }, [shown]);
  return (
    <nav className="clew-tabs" aria-label="Views" ref={bar}>
      {sessionViews.map(({ id, title, key }) => (
        <button
          key={id}
          data-view={id}
          type="button"
          aria-current={id === shown ? 'page' : undefined}
          aria-keyshortcuts={key}
          title={`${title} (${key})`}
          onClick={() => onView(id)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
