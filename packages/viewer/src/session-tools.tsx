import type { ReactNode } from 'react';
import type { PanelId } from './keys/keymap.ts';
import type { Follow } from './use-follow.ts';
import { formatCount } from './format/tokens.ts';

const panels = [
  ['find', 'Find', '/'],
  ['export', 'Export', 'e'],
  ['keys', 'Keys', '?'],
] as const satisfies readonly (readonly [PanelId, string, string])[];

/** What can be done with a session beside looking at it. */
export function SessionTools({
  follow,
  panel,
  onPanel,
}: {
  readonly follow: Follow;
  readonly panel: PanelId | undefined;
  readonly onPanel: (panel: PanelId | undefined) => void;
}): ReactNode {
  return (
    <div className="clew-tools">
      <button
        type="button"
        className="clew-button"
        aria-pressed={follow.isPaused}
        aria-keyshortcuts="f"
        title={follow.isPaused ? 'Go on with the session (f)' : 'Keep what is shown as it is (f)'}
        onClick={follow.toggle}
      >
        {follow.isPaused ? `Paused at call ${follow.shown.calls.length}` : 'Following'}
        {follow.newCalls > 0 ? <strong> · {formatCount(follow.newCalls)} new</strong> : null}
      </button>
      {panels.map(([id, name, key]) => (
        <button
          key={id}
          type="button"
          className="clew-button"
          aria-expanded={panel === id}
          aria-keyshortcuts={key}
          title={`${name} (${key})`}
          onClick={() => onPanel(panel === id ? undefined : id)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
