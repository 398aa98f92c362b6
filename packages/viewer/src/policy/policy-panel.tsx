import type { Run, Session } from '@clew/trace-model';
import type { ReactNode } from 'react';
import type { ViewId } from '../views/view-id.ts';
import { DecisionView } from './decision-view.tsx';
import { PolicyComparison } from './policy-comparison.tsx';
import { WhatIf } from './what-if.tsx';

/**
 * Why the engine did what it did: the policy's rules with a decision's operands in them, what differs between the policies
 * of two decisions, and what another policy would have done. `call` is the run to explain; else the latest that fired.
 */
export function PolicyPanel({
  session,
  call,
  onSelect,
}: {
  readonly session: Session;
  readonly call?: { readonly id: string } | undefined;
  readonly onSelect: (id: string, view: ViewId) => void;
}): ReactNode {
  const decided = session.runs.filter((run) => run.decision !== undefined);
  const run = runToExplain(decided, call?.id);
  if (run === undefined) {
    return (
      <section className="clew-panel" aria-label="Policy">
        <header className="clew-panel-head">
          <h2>Policy</h2>
        </header>
        <p className="clew-hidden">
          {session.calls.length === 0
            ? 'No call has come to a decision yet.'
            : 'Not told: no decision of the policy was recorded in this session.'}
        </p>
      </section>
    );
  }
  return (
    <>
      <DecisionView session={session} run={run} onSelect={onSelect} />
      <PolicyComparison key={run.id} session={session} runs={decided} run={run} />
      <WhatIf session={session} />
    </>
  );
}

function runToExplain(decided: readonly Run[], id: string | undefined): Run | undefined {
  return (
    decided.find((run) => run.id === id) ??
    decided.findLast((run) => run.decision?.triggered === true) ??
    decided.at(-1)
  );
}
