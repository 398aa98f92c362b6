import { contextAt, type Call, type Category, type Session } from '@clew/trace-model';
import { useMemo, useState, type ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { Tokens } from '../tokens.tsx';
import { categoryWords, plural } from '../words.ts';
import { countByCategory, seenRows, type SeenRow } from './seen-rows.ts';
import { SeenTable } from './seen-table.tsx';

/** The items of the prompt at one call, and what had left it before: no content, only what each of them is. */
export function SeenItems({
  session,
  call,
  onSelect,
}: {
  readonly session: Session;
  readonly call: Call;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const [isGone, setGone] = useState(false);
  const [category, setCategory] = useState<Category>();
  const context = useMemo(() => contextAt(session, call.position), [session, call.position]);
  const all = useMemo(() => (context === undefined ? [] : seenRows(context, { isGone })), [context, isGone]);
  if (context === undefined || (context.items.length === 0 && context.gone.length === 0)) {
    return (
      <section className="clew-panel" aria-label="Items">
        <p className="clew-muted">
          Which items this prompt held is not known: no compaction of this session listed any.
        </p>
      </section>
    );
  }
  const counts = countByCategory(all);
  const shown = category !== undefined && counts.has(category) ? category : undefined;
  const rows = shown === undefined ? all : all.filter(({ row }) => row.category === shown);
  return (
    <section className="clew-panel" aria-label="Items">
      <div className="clew-panel-head">
        <h2>{isGone ? 'No longer there' : 'Items'}</h2>
        <div className="clew-switch" role="group" aria-label="Items that are">
          <button type="button" aria-pressed={!isGone} onClick={() => setGone(false)}>
            In the prompt {formatCount(context.items.length)}
          </button>
          <button type="button" aria-pressed={isGone} onClick={() => setGone(true)}>
            Gone before {formatCount(context.gone.length)}
          </button>
        </div>
      </div>
      <div className="clew-filters" role="group" aria-label="Part of the prompt">
        <button type="button" aria-pressed={shown === undefined} onClick={() => setCategory(undefined)}>
          All {formatCount(all.length)}
        </button>
        {[...counts].map(([name, count]) => (
          <button key={name} type="button" aria-pressed={shown === name} onClick={() => setCategory(name)}>
            {categoryWords[name]} {formatCount(count)}
          </button>
        ))}
      </div>
      <SeenTable key={`${call.id}/${String(isGone)}`} rows={rows} onSelect={onSelect} />
      <Rest
        rows={all}
        isGone={isGone}
        fixed={context.fixed}
        unlisted={context.unlisted}
        unlistedItems={context.unlistedItems}
      />
    </section>
  );
}

/** What the list does not show, so that its sum can be held against the size of the prompt. */
function Rest({
  rows,
  isGone,
  fixed,
  unlisted,
  unlistedItems = 0,
}: {
  readonly rows: readonly SeenRow[];
  readonly isGone: boolean;
  readonly fixed: number | undefined;
  readonly unlisted: number | undefined;
  readonly unlistedItems: number | undefined;
}): ReactNode {
  const sum = rows.reduce((total, { tokens }) => total + tokens, 0);
  if (isGone) {
    return (
      <p className="clew-muted clew-small">
        Together <Tokens count={sum} /> tokens, as they were when they left.
      </p>
    );
  }
  return (
    <p className="clew-muted clew-small">
      Listed <Tokens count={sum} /> tokens
      {fixed === undefined ? null : (
        <>
          ; instructions, tool schemas and framing <Tokens count={fixed} />
        </>
      )}
      {!unlisted ? null : (
        <>
          ; not explained by any listed item <Tokens count={unlisted} />
          {unlistedItems > 0 ? ` (${plural(unlistedItems, 'item')})` : ''}
        </>
      )}
      .
    </p>
  );
}
