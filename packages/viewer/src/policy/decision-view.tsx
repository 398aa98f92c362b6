import type { Run, Session } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Badge } from '../cut/outcome-badge.tsx';
import { Glyph } from '../glyph.tsx';
import { consequence, verdictWords } from './decision-words.ts';
import type { ViewId } from '../views/view-id.ts';
import { evaluateRules } from './evaluate-rules.ts';
import { PolicyFields } from './policy-fields.tsx';
import type { Decision } from './policy-field.ts';
import { RulesTable } from './rules-table.tsx';

/** One decision as an evaluated expression: the rule that made it in large, and every rule beneath. */
export function DecisionView({
  session,
  run,
  onSelect,
}: {
  readonly session: Session;
  readonly run: Run;
  readonly onSelect: (id: string, view: ViewId) => void;
}): ReactNode {
  const { decision } = run;
  if (decision === undefined) return null;
  const rules = evaluateRules(run);
  const deciding = decidingRule(rules, decision);
  const position = session.calls.find(({ id }) => id === run.id)?.position;
  const after = consequence(run);
  return (
    <section className="clew-panel" aria-label="Policy">
      <header className="clew-panel-head">
        <h2>
          The decision <span className="clew-muted">at call {position ?? run.callIndex}</span>
        </h2>
        <OtherDecisions session={session} run={run} onSelect={onSelect} />
      </header>
      <p className="clew-expression">
        <span>{deciding?.expression ?? decision.reason}</span>{' '}
        <span className="clew-arrow" aria-label="therefore">
          →
        </span>{' '}
        <strong>{verdictWords(decision)}</strong>
      </p>
      {deciding?.note === undefined ? null : <p className="clew-muted">{deciding.note}.</p>}
      <p>
        The engine’s own words: <q>{decision.reason}</q>. {after}
      </p>
      {isContradicted(run, rules) ? (
        <p className="clew-note">
          <Badge tone="warn" glyph="triangle">
            not the whole story
          </Badge>{' '}
          By what was recorded a rule held, and the engine did not compact: something held it back that is not
          in the record.
        </p>
      ) : null}
      <RulesTable rules={rules} />
      <PolicyFields decision={decision} />
    </section>
  );
}

function OtherDecisions({
  session: { runs },
  run,
  onSelect,
}: {
  readonly session: Session;
  readonly run: Run;
  readonly onSelect: (id: string, view: ViewId) => void;
}): ReactNode {
  const fired = runs.filter(({ id, decision }) => decision?.triggered === true || id === run.id);
  const at = fired.findIndex(({ id }) => id === run.id);
  const step = (name: string, glyph: 'left' | 'right', to: Run | undefined): ReactNode => (
    <button
      type="button"
      className="clew-button clew-square"
      aria-label={name}
      title={name}
      disabled={to === undefined}
      onClick={() => to !== undefined && onSelect(to.id, 'policy')}
    >
      <Glyph name={glyph} />
    </button>
  );
  return (
    <span className="clew-step-group">
      {step('Previous decision to compact', 'left', fired[at - 1])}
      {step('Next decision to compact', 'right', fired[at + 1])}
      <span className="clew-muted">Decisions to compact</span>
    </span>
  );
}

/** The rule by which it went: the one that held it back, the one that the engine names, or the threshold. */
function decidingRule(rules: ReturnType<typeof evaluateRules>, { triggered, rule }: Decision) {
  const holding = rules.find(({ effect, holds }) => effect === 'hold back' && holds === true);
  if (!triggered && holding !== undefined) return holding;
  return (
    rules.find(({ name }) => name === rule?.replaceAll('_', ' ') || name === rule) ??
    rules.find(({ name }) => name === 'asked for' || name === 'threshold')
  );
}

function isContradicted({ decision, record }: Run, rules: ReturnType<typeof evaluateRules>): boolean {
  const isHeldBack = rules.some(({ effect, holds }) => effect === 'hold back' && holds === true);
  const fires = rules.some(({ effect, holds }) => effect === 'compact' && holds === true);
  return fires && !isHeldBack && decision?.triggered === false && record?.outcome !== 'futile';
}
