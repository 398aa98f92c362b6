import { CostPanel } from '../cost/cost-panel.tsx';
import { PolicyPanel } from '../policy/policy-panel.tsx';
import { RetentionPanel } from '../retention/retention-panel.tsx';
import { CutTab } from './cut-tab.tsx';
import { Overview } from './overview.tsx';
import { SeenTab } from './seen-tab.tsx';
import type { SessionView } from './session-view.ts';

/** Every view of a session, in the order of its tab. */
export const sessionViews: readonly SessionView[] = [
  { id: 'overview', title: 'Overview', key: 'o', Component: Overview },
  { id: 'cut', title: 'Compaction', key: 'c', Component: CutTab },
  { id: 'seen', title: 'What the model saw', key: 's', Component: SeenTab },
  { id: 'retention', title: 'Retention', key: 'r', Component: RetentionPanel },
  { id: 'cost', title: 'Cost and cache', key: 'm', Component: CostPanel },
  { id: 'policy', title: 'Policy', key: 'p', Component: PolicyPanel },
];
