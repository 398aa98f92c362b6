import type { ReactNode } from 'react';
import { ConnectionBadge } from './connection-badge.tsx';
import type { ConnectionState } from '@clew/viewer/hosts';
import { useTheme } from './use-theme.ts';

const themeWords = { system: 'System', light: 'Light', dark: 'Dark' } as const;

/** The app's name, how the connection stands, and the theme. */
export function AppHeader({
  connection,
  isFleet,
}: {
  readonly connection: ConnectionState;
  /** Whether all sessions are shown. */
  readonly isFleet: boolean;
}): ReactNode {
  const [theme, nextTheme] = useTheme();
  return (
    <header className="app-header">
      <a className="app-name" href="#/">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="11" cy="11" r="8" />
          <path d="M4 14C7 8 13 6 18 8M7 17.5C9 12 14 10 19 12M17 17c2 2 3 3 5 3" />
        </svg>
        Clew
      </a>
      <ConnectionBadge connection={connection} />
      <nav className="app-nav" aria-label="Pages">
        <a
          href="#/fleet"
          aria-current={isFleet ? 'page' : undefined}
          aria-keyshortcuts="a"
          title="All sessions in one table (a)"
        >
          All sessions
        </a>
      </nav>
      <button
        type="button"
        className="app-theme"
        onClick={nextTheme}
        aria-label={`Theme: ${themeWords[theme]}`}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" />
          <path d="M8 2a6 6 0 0 1 0 12Z" />
        </svg>
        {themeWords[theme]}
      </button>
    </header>
  );
}
