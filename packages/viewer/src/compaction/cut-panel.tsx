import { costOf, type Model } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { CallPanel } from '../call-panel.tsx';
import { CutView } from '../cut/cut-view.tsx';
import type { ViewProps } from '../plugin/trace-plugin.ts';
import { placeOf } from './span-place.ts';
import { useHostReveal } from './use-host-reveal.ts';

/** What the chosen span has to do with compaction: the cut that it is a step of, else the call that was prepared. */
export function CutPanel({ model, host, span }: ViewProps<Model>): ReactNode {
  const reveal = useHostReveal(host);
  const about = span ?? host.selection;
  const place = about === undefined ? undefined : placeOf(model, about);
  if (place?.call === undefined) return null;
  const { session, call, cut } = place;
  if (cut === undefined) return <CallPanel call={call} />;
  return (
    <>
      {reveal.count === 0 ? null : (
        <p className="clew-hide-all">
          <button type="button" className="clew-button" onClick={reveal.hideAll}>
            Hide all
          </button>
        </p>
      )}
      <CutView
        cut={cut}
        session={session}
        cost={costOf(session).cuts.find((cost) => cost.cut.id === cut.id)}
        reveal={reveal}
      />
    </>
  );
}
