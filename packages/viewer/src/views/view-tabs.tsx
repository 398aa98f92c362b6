import type { ReactNode } from 'react';
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
  return (
    <nav className="clew-tabs" aria-label="Views">
      {sessionViews.map(({ id, title, key }) => (
        <button
          key={id}
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
