import type { ReactNode } from 'react';
import type { ConnectionState } from '@clew/viewer/hosts';

/** The connection in one word, told to screen readers when it changes. */
export function ConnectionBadge({ connection }: { readonly connection: ConnectionState }): ReactNode {
  return (
    <span className={`app-connection app-${connection.state}`} role="status">
      <i />
      {wordOf(connection)}
    </span>
  );
}

function wordOf({ state }: ConnectionState): string {
  switch (state) {
    case 'connecting':
      return 'Connecting';
    case 'live':
      return 'Live';
    case 'reconnecting':
      return 'Reconnecting';
    default:
      return state satisfies never;
  }
}
