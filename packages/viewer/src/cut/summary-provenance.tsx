import type { Cut, CutCost, CutSummary } from '@clew/trace-model';
import { Fragment, type ReactNode } from 'react';
import { moneyOf } from '../cost/cost-words.ts';
import { formatRatio } from '../format/ratio.ts';
import { formatCount } from '../format/tokens.ts';
import { Tokens } from '../tokens.tsx';
import { categoryWords, plural, spaced } from '../words.ts';
import { cutName, cutTitle } from './cut-words.ts';
import { countByCategory, type SummaryOrigin } from './summary-origin.ts';

/** Where a summary comes from: what it covers, what it continues, who wrote it, what that took and how it was checked. */
export function SummaryProvenance({
  origin,
  cost,
  onSelect,
}: {
  readonly origin: SummaryOrigin;
  readonly cost: CutCost | undefined;
  readonly onSelect: ((id: string) => void) | undefined;
}): ReactNode {
  const { summary, madeBy } = origin;
  const step = madeBy?.run.summaries.findLast(({ summary: made }) => made.id === summary.id);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Covers', covered(origin)],
    ['Of all ever seen', lineageWords(madeBy)],
    ['Descends from', <Line key="line" origin={origin} onSelect={onSelect} />],
    ['Written by', writer(madeBy?.summary ?? summary, step?.model)],
    [
      'Size',
      <>
        {step === undefined ? null : (
          <>
            <Tokens count={step.input_tokens} /> →{' '}
          </>
        )}
        <Tokens count={summary.tokens} /> tokens
        {step === undefined ? null : ` · ${formatRatio(step.compression_ratio)}`}
      </>,
    ],
    ['Cost', summary.isNew && cost?.summary !== undefined ? moneyOf(cost, cost.summary) : 'not told'],
    ['Verified', verified(summary)],
    ['Digest', <code key="digest">{summary.digest}</code>],
  ];
  return (
    <dl className="clew-facts clew-provenance" aria-label="Where the summary comes from">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function covered({ summary, madeBy, covered: rows }: SummaryOrigin): ReactNode {
  const count = madeBy?.summary?.covers ?? summary.covers;
  if (count === undefined) return summary.isNew ? 'not told' : 'what an earlier compaction took away';
  const parts = countByCategory(rows).map(
    ([category, items]) => `${formatCount(items)} ${categoryWords[category].toLowerCase()}`,
  );
  return (
    <>
      {plural(count, 'item')}
      {parts.length === 0 ? null : <span className="clew-muted">: {parts.join(', ')}</span>}
    </>
  );
}

function lineageWords(madeBy: Cut | undefined): string {
  const coverage = madeBy?.run.record?.coverage;
  if (coverage === undefined) return 'not told';
  return `${formatCount(coverage.summarized)} of ${formatCount(coverage.seen)} items`;
}

/** Each summary that it continues, back to the first that is known. */
function Line({
  origin: { ancestors, isWhole },
  onSelect,
}: {
  readonly origin: SummaryOrigin;
  readonly onSelect: ((id: string) => void) | undefined;
}): ReactNode {
  if (ancestors.length === 0 && isWhole) return 'none: it is the first';
  return (
    <>
      {ancestors.map(({ cut, summary: { id, version } }, at) => (
        <Fragment key={id}>
          {at === 0 ? '' : ' ← '}
          {onSelect === undefined ? (
            <span title={cutName(cut)}>v{version}</span>
          ) : (
            <button type="button" className="clew-link" onClick={() => onSelect(cut.id)}>
              v{version}, {cutTitle(cut).toLowerCase()}
            </button>
          )}
        </Fragment>
      ))}
      {isWhole ? null : (
        <span className="clew-muted">{ancestors.length === 0 ? '' : ' ← '}one that was not recorded</span>
      )}
    </>
  );
}

function writer({ method, strategy, isNew }: CutSummary, model: string | undefined): string {
  const form = strategy === undefined ? '' : `, as ${spaced(strategy)}`;
  if (method === 'digest') return `the engine, without a model${form}`;
  if (method === 'model') return `${model ?? 'a model that was not told'}${form}`;
  return isNew ? 'not told' : 'an earlier compaction';
}

function verified({ verification }: CutSummary): ReactNode {
  if (verification === undefined) return 'not told';
  const { sections, checks, fact_score } = verification;
  const all = sections.present.length + sections.missing.length;
  const parts = [
    all === 0 ? undefined : `${sections.present.length} of ${plural(all, 'section')}`,
    checks.length === 0 ? undefined : `passed: ${checks.map(spaced).join(', ')}`,
    fact_score === undefined ? undefined : `${formatRatio(fact_score)} of the facts by weight`,
  ].filter((part) => part !== undefined);
  return (
    <>
      {parts.length === 0 ? 'nothing was checked' : parts.join(' · ')}
      {sections.missing.length === 0 ? null : (
        <span className="clew-tone-warn clew-net"> missing: {sections.missing.join(', ')}</span>
      )}
    </>
  );
}
