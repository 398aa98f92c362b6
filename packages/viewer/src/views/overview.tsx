import type { ReactNode } from 'react';
import { CutList } from '../cut-list.tsx';
import { HealthSigns } from '../health-signs.tsx';
import type { SessionViewProps } from './session-view.ts';

/** How the session stands: what is worth a look, and its compactions in rows. */
export function Overview({ session, onSelect }: SessionViewProps): ReactNode {
  return (
    <>
      <HealthSigns session={session} onSelect={onSelect} />
      <CutList cuts={session.cuts} onSelect={onSelect} />
    </>
  );
}
