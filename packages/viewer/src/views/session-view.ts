import type { Call, Cut, Session } from '@clew/trace-model';
import type { ComponentType } from 'react';
import type { Reveal } from '../use-reveal.ts';
import type { ViewId } from './view-id.ts';

/** What every view of a session is given. */
export type SessionViewProps = {
  readonly session: Session;
  /** The selected call, else the latest one. */
  readonly call: Call | undefined;
  /** The selected cut; else the last one until the selected call, else the first after it. */
  readonly cut: Cut | undefined;
  readonly reveal: Reveal;
  /** Selects a run, or none; in the view that fits it, or in the one that is named. */
  readonly onSelect: (id: string | undefined, view?: ViewId) => void;
};

/** A view as its tab shows it; `key` switches to it. */
export type SessionView = {
  readonly id: ViewId;
  readonly title: string;
  readonly key: string;
  readonly Component: ComponentType<SessionViewProps>;
};
