import type { ReactNode } from 'react';
import { CallPanel } from '../call-panel.tsx';
import { SeenItems } from '../seen/seen-items.tsx';
import type { SessionViewProps } from './session-view.ts';

/** What the model saw at the selected call, or at the latest one: its sizes, and the items that it held. */
export function SeenTab({ session, call, onSelect }: SessionViewProps): ReactNode {
  if (call === undefined) return null;
  return (
    <>
      <div className="clew-detail clew-alone">
        <CallPanel call={call} />
      </div>
      <SeenItems session={session} call={call} onSelect={(id) => onSelect(id, 'cut')} />
    </>
  );
}
