import type { ReactNode } from 'react';
import { CallPanel } from '../call-panel.tsx';
import type { SessionViewProps } from './session-view.ts';

/** What the model saw at the selected call, or at the latest one. */
export function SeenTab({ call }: SessionViewProps): ReactNode {
  if (call === undefined) return null;
  return (
    <div className="clew-detail clew-alone">
      <CallPanel call={call} />
    </div>
  );
}
