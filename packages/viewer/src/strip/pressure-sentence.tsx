import { digestOf, type Call, type Cut, type Session } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { currentSize } from '../current-size.ts';
import { cutOutcome } from '../cut/cut-words.ts';
import { formatRatio } from '../format/ratio.ts';
import { formatAge } from '../format/time.ts';
import { Tokens } from '../tokens.tsx';
import { useNow } from '../use-now.ts';
import { plural } from '../words.ts';

/** How full the context is, what was cut and how it went: `81 % of 128k · compacted 3 times · last 112k → 44k, 4 min ago`. */
export function PressureSentence({ session }: { readonly session: Session }): ReactNode {
  const now = useNow();
  const { calls, cuts } = session;
  const call = calls.at(-1);
  if (call === undefined) return <span className="clew-muted">No model call so far.</span>;
  const { compactions, fallbacks, failures, running } = digestOf(session);
  const last = cuts.findLast((cut) => cut.kind === 'changed' && cut.outcome !== 'restored');
  return (
    <span className="clew-sentence">
      <span>
        <Pressure call={call} />
      </span>
      <span>{compactions === 0 ? 'no compaction so far' : `compacted ${plural(compactions, 'time')}`}</span>
      {last === undefined ? null : (
        <span>
          <LastCut cut={last} now={now} />
        </span>
      )}
      {running > 0 ? <span>one is running</span> : null}
      {fallbacks > 0 ? <span>{plural(fallbacks, 'fallback')}</span> : null}
      {failures > 0 ? <span>{failures} failed</span> : null}
    </span>
  );
}

/** Right after a cut its size is the engine's own, until the provider has counted it: then it is pending. */
function Pressure({ call }: { readonly call: Call }): ReactNode {
  const size = currentSize(call);
  const limit = call.window?.limit;
  if (size === undefined) return 'the size of the context was not told';
  const { tokens, basis, isPending } = size;
  return (
    <>
      {limit ? (
        <>
          <strong>{formatRatio(tokens / limit)}</strong> of <Tokens count={limit} /> (
          <Tokens count={tokens} basis={basis} />)
        </>
      ) : (
        <>
          <strong>
            <Tokens count={tokens} basis={basis} />
          </strong>{' '}
          tokens
        </>
      )}
      {isPending ? <span className="clew-muted"> pending</span> : null}
    </>
  );
}

function LastCut({ cut, now }: { readonly cut: Cut; readonly now: number }): ReactNode {
  return (
    <>
      last <Tokens count={cut.before} basis={cut.basis} /> → <Tokens count={cut.after} basis={cut.basis} />
      {cut.outcome === 'compacted' ? '' : ` (${cutOutcome(cut)})`}
      {cut.end === undefined ? '' : `, ${formatAge(cut.end, now)}`}
    </>
  );
}
