import type { Model } from '@clew/trace-model';
import type { ReactNode } from 'react';
import type { ViewProps } from '../plugin/trace-plugin.ts';
import { PressureStrip } from '../strip/pressure-strip.tsx';
import { currentSession } from './current-session.ts';
import { useRunSelection } from './use-run-selection.ts';

/** How the chosen session stands, or where none is chosen the latest one. */
export function CompactionStrip({ model, host }: ViewProps<Model>): ReactNode {
  const session = currentSession(model, host.selection);
  const [selected, select] = useRunSelection(model, host, session);
  return session === undefined ? null : (
    <PressureStrip session={session} selected={selected} onSelect={select} />
  );
}
