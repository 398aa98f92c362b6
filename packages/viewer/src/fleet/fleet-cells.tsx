import { memo, type ReactNode } from 'react';
import { Badge } from '../cut/outcome-badge.tsx';
import { formatMoney } from '../format/money.ts';
import { formatRatio } from '../format/ratio.ts';
import { formatAge, formatMoment } from '../format/time.ts';
import { formatCount } from '../format/tokens.ts';
import { Glyph } from '../glyph.tsx';
import { factWords, keptOf } from '../retention/fact-words.ts';
import { Tokens } from '../tokens.tsx';
import { attentionOf } from './attention.ts';
import { CurveThumb } from './curve-thumb.tsx';
import type { FleetRow } from './fleet-row.ts';

/** One session in a row: how full it got, what was cut, what is to be looked at, what it brought. */
export const FleetCells = memo(function FleetCells({
  row,
  now,
  onSelect,
  hrefOf,
}: {
  readonly row: FleetRow;
  readonly now: number;
  readonly onSelect: (id: string) => void;
  readonly hrefOf: ((id: string) => string) | undefined;
}): ReactNode {
  const { digest, end } = row;
  return (
    <>
      <span role="gridcell" className="clew-cell clew-fleet-name">
        {hrefOf === undefined ? (
          <button type="button" className="clew-link" tabIndex={-1} onClick={() => onSelect(row.id)}>
            {row.name}
          </button>
        ) : (
          <a className="clew-link" tabIndex={-1} href={hrefOf(row.id)}>
            {row.name}
          </a>
        )}
        <span className="clew-session-id clew-muted">
          {[row.name === row.id ? undefined : row.id, ...row.agents, ...row.models, row.policy]
            .filter((part) => part !== undefined)
            .join(' · ')}
        </span>
      </span>
      <span role="gridcell" className="clew-cell clew-fleet-pressure">
        <Pressure row={row} />
      </span>
      <span role="gridcell" className="clew-cell clew-fleet-peak">
        <Peak row={row} />
      </span>
      <span role="gridcell" className="clew-cell clew-fleet-cuts clew-number">
        {digest === undefined ? (
          <Untold />
        ) : (
          <>
            {formatCount(digest.compactions)}{' '}
            <span className="clew-muted">in {formatCount(digest.calls)}</span>
          </>
        )}
      </span>
      <span role="gridcell" className="clew-cell clew-fleet-attention">
        <Health row={row} />
      </span>
      <span role="gridcell" className="clew-cell clew-fleet-saved">
        {digest === undefined ? <Untold /> : <Tokens count={digest.savedTokens} />}
      </span>
      <span role="gridcell" className="clew-cell clew-fleet-net clew-number">
        {row.net === undefined ? <Untold /> : formatMoney(-row.net.amount, row.net.currency, true)}
      </span>
      <span role="gridcell" className="clew-cell clew-fleet-end">
        {end === undefined ? (
          <Untold />
        ) : (
          <time dateTime={new Date(end).toISOString()} title={formatMoment(end)}>
            {formatAge(end, now)}
          </time>
        )}
        {row.isOpen === true ? <span className="clew-muted"> · open</span> : null}
      </span>
    </>
  );
});

function Untold(): ReactNode {
  return <span className="clew-unknown">not told</span>;
}

/** Its curve; else a bar of how full it was at the latest call. */
function Pressure({ row: { curve, fullness } }: { readonly row: FleetRow }): ReactNode {
  if (curve !== undefined) return <CurveThumb curve={curve} />;
  if (fullness === undefined) return <Untold />;
  const { share, trigger } = fullness;
  return (
    <span className="clew-fleet-bar" title={`${formatRatio(share)} of the window at the latest call`}>
      <i style={{ width: `${Math.min(1, share) * 100}%` }} />
      {trigger === undefined ? null : <b style={{ left: `${trigger * 100}%` }} />}
      <span className="clew-visually-hidden">{formatRatio(share)} full at the latest call</span>
    </span>
  );
}

/** A share where the window was told, else tokens and no share. */
function Peak({ row: { digest } }: { readonly row: FleetRow }): ReactNode {
  if (digest?.peakTokens === undefined) return <Untold />;
  return (
    <>
      {digest.peakRatio === undefined ? null : (
        <span className="clew-number">{formatRatio(digest.peakRatio)} </span>
      )}
      <span className={digest.peakRatio === undefined ? undefined : 'clew-muted'}>
        <Tokens count={digest.peakTokens} basis={digest.basis} />
      </span>
    </>
  );
}

function Health({ row }: { readonly row: FleetRow }): ReactNode {
  const attention = attentionOf(row);
  if (row.digest === undefined) return <span className="clew-muted">no engine seen</span>;
  if (attention.length === 0) {
    return (
      <span className="clew-muted">
        <Glyph name="check" /> {row.signs === undefined ? 'no failure told' : 'nothing found'}
      </span>
    );
  }
  return (
    <span
      className="clew-badges"
      title={
        row.worst === undefined ? undefined : `${factWords[row.worst.kind]}: ${keptOf(row.worst)} can be read`
      }
    >
      {attention.slice(0, 3).map(({ rule, count, tone, words }) => (
        <Badge key={rule} tone={tone}>
          {count === 1 ? '' : `${formatCount(count)} `}
          {words}
        </Badge>
      ))}
      {attention.length > 3 ? <span className="clew-muted">and {attention.length - 3} more</span> : null}
    </span>
  );
}
