import type { Session } from '@clew/trace-model';
import { useMemo, type ReactNode } from 'react';
import { Glyph, type GlyphName } from '../glyph.tsx';
import { plural } from '../words.ts';
import { PressureSentence } from '../strip/pressure-sentence.tsx';
import type { Finding } from './finding.ts';
import { findingsOf, healthRules } from './health-rules.ts';

/** More actions than this at once are none. */
const most = 3;

/** How the context stands in a sentence, and at most three things to do about it, each found by a rule with a name. */
export function HealthCard({
  session,
  onSelect,
}: {
  readonly session: Session;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const findings = useMemo(() => findingsOf(session), [session]);
  const rest = findings.slice(most);
  return (
    <section className="clew-panel" aria-label="Context health">
      <div className="clew-panel-head">
        <h2>Context health</h2>
      </div>
      <p>
        <PressureSentence session={session} />
      </p>
      {findings.length === 0 ? (
        <p className="clew-muted">
          None of {plural(healthRules.length, 'rule')} found anything in what was recorded.
        </p>
      ) : (
        <Findings findings={findings.slice(0, most)} session={session} onSelect={onSelect} />
      )}
      {rest.length === 0 ? null : (
        <details className="clew-more-rows">
          <summary>{plural(rest.length, 'more finding')}</summary>
          <Findings findings={rest} session={session} onSelect={onSelect} />
        </details>
      )}
    </section>
  );
}

function Findings({
  findings,
  session,
  onSelect,
}: {
  readonly findings: readonly Finding[];
  readonly session: Session;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  return (
    <ul className="clew-findings">
      {findings.map(({ rule, weight, says, action, runId }) => {
        const call = session.calls.find(({ id }) => id === runId);
        return (
          <li key={rule} className={`clew-tone-${weight}`}>
            <Glyph name={glyphs[weight]} />
            <div>
              <p>
                <strong>{says}</strong>{' '}
                {call === undefined ? null : (
                  <button type="button" className="clew-link" onClick={() => onSelect(call.id)}>
                    Call {call.position}
                  </button>
                )}
              </p>
              <p>
                {action} <code className="clew-muted">{rule}</code>
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const glyphs: Record<Finding['weight'], GlyphName> = { bad: 'cross', warn: 'triangle', plain: 'ring' };
