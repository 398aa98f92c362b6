import type { ReactNode } from 'react';
import { CutList } from '../cut-list.tsx';
import { HealthCard } from '../health/health-card.tsx';
import type { SessionViewProps } from './session-view.ts';

/** How the session stands: what to do about it, and its compactions in rows. */
export function Overview({ session, onSelect }: SessionViewProps): ReactNode {
  return (
    <>
      <HealthCard session={session} onSelect={onSelect} />
      <CutList cuts={session.cuts} onSelect={onSelect} />
    </>
  );
}
