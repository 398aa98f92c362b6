import type { Call, Measure } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from './format/ratio.ts';
import { cacheReason, stateWords } from './cost/cache-words.ts';
import { formatMoney } from './format/money.ts';
import { Moment } from './moment.tsx';
import { OutcomeNote } from './outcome-note.tsx';
import { categoryShares } from './pressure/category-shares.ts';
import { Tokens } from './tokens.tsx';
import { categoryWords, outcomeWords } from './words.ts';

/** What the model saw at one call: its tokens by part, and what the provider said of it. */
export function CallPanel({ call }: { readonly call: Call }): ReactNode {
  const sent = call.after ?? call.before;
  return (
    <section className="clew-panel clew-call" aria-label={`Call ${call.position}`}>
      <header className="clew-panel-head">
        <h2>
          {call.after === undefined ? 'What the context holds' : 'What the model saw'}{' '}
          <span className="clew-muted">at call {call.position}</span>
        </h2>
      </header>
      <OutcomeNote call={call} />
      {sent === undefined ? (
        <p className="clew-muted">Its size was not recorded.</p>
      ) : (
        <>
          <p className="clew-figure">
            <Tokens count={sent.tokens} basis={call.basis} />
            {call.window && call.window.limit > 0 ? (
              <span className="clew-muted">
                {' '}
                of <Tokens count={call.window.limit} /> · {formatRatio(sent.tokens / call.window.limit)}
              </span>
            ) : null}
          </p>
          <CategoryBar measure={sent} />
          <CategoryTable sent={sent} before={call.before} />
        </>
      )}
      <CallFacts call={call} />
    </section>
  );
}

function CategoryBar({ measure }: { readonly measure: Measure }): ReactNode {
  return (
    <div className="clew-bar" aria-hidden="true">
      {categoryShares(measure).map(({ category, share }) => (
        <i key={category} className={`clew-category-${category}`} style={{ flexGrow: share }} />
      ))}
    </div>
  );
}

function CategoryTable({
  sent,
  before,
}: {
  readonly sent: Measure;
  readonly before: Measure | undefined;
}): ReactNode {
  const isCut = before !== undefined && before.tokens !== sent.tokens;
  const shares = categoryShares(isCut ? joined(before, sent) : sent);
  return (
    <table className="clew-table clew-plain">
      <thead>
        <tr>
          <th scope="col">Part</th>
          {isCut ? (
            <th scope="col" className="clew-right">
              Before
            </th>
          ) : null}
          <th scope="col" className="clew-right">
            {isCut ? 'Sent' : 'Tokens'}
          </th>
          <th scope="col" className="clew-right">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {shares.map(({ category }) => {
          const tokens = sent.categories[category] ?? 0;
          return (
            <tr key={category}>
              <th scope="row">
                <span className="clew-key">
                  <i className={`clew-swatch clew-category-${category}`} />
                  {categoryWords[category]}
                </span>
              </th>
              {isCut ? (
                <td className="clew-right clew-muted">
                  <Tokens count={before.categories[category] ?? 0} />
                </td>
              ) : null}
              <td className="clew-right">
                <Tokens count={tokens} />
              </td>
              <td className="clew-right clew-muted">
                {formatRatio(sent.tokens === 0 ? 0 : tokens / sent.tokens)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function CallFacts({ call }: { readonly call: Call }): ReactNode {
  const { usage, cache, cost } = call;
  const cached = usage?.cacheReadTokens;
  return (
    <dl className="clew-facts">
      <Fact name="Time">{call.start === undefined ? 'unknown' : <Moment time={call.start} />}</Fact>
      {call.agent === undefined ? null : <Fact name="Agent">{call.agent}</Fact>}
      {call.model === undefined ? null : <Fact name="Model">{call.model}</Fact>}
      {call.outcome === undefined ? null : <Fact name="Outcome">{outcomeWords[call.outcome]}</Fact>}
      <Fact name="Provider reported">
        {usage?.inputTokens === undefined ? (
          'nothing yet'
        ) : (
          <Tokens count={usage.inputTokens} basis="provider" />
        )}
      </Fact>
      {cached === undefined ? null : (
        <Fact name="Read from cache">
          <Tokens count={cached} />
          {usage?.inputTokens ? (
            <span className="clew-muted"> · {formatRatio(cached / usage.inputTokens)}</span>
          ) : null}
        </Fact>
      )}
      {cache === undefined ? null : (
        <Fact name="Cache, as it came">
          {stateWords[cache.state]} <span className="clew-muted">· {cacheReason(cache.reason)}</span>
        </Fact>
      )}
      {cache === undefined ? null : <Fact name="Epoch of the cache">{cache.epoch}</Fact>}
      {cost?.after === undefined ? null : (
        <Fact name="Input cost">{formatMoney(cost.after, cost.currency)}</Fact>
      )}
      {usage?.outputTokens === undefined ? null : (
        <Fact name="Answered with">
          <Tokens count={usage.outputTokens} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Parts that only one of the two holds have a row all the same. */
function joined(before: Measure, sent: Measure): Measure {
  return {
    tokens: before.tokens,
    categories: { ...sent.categories, ...before.categories, ...positive(sent) },
  };
}

function positive({ categories }: Measure): Measure['categories'] {
  return Object.fromEntries(Object.entries(categories).filter(([, tokens]) => tokens > 0));
}
