import type { Session } from '@clew/trace-model';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { Announcer } from './announcer.tsx';
import { ExportPanel } from './export/export-panel.tsx';
import { FindPanel } from './find/find-panel.tsx';
import type { Intent, PanelId } from './keys/keymap.ts';
import { KeyList } from './keys/key-list.tsx';
import { answerKey } from './keys/answer-key.ts';
import { moved, type Place } from './place.ts';
import { PopPanel } from './pop-panel.tsx';
import { PressureTimeline } from './pressure/pressure-timeline.tsx';
import { SessionHeader } from './session-header.tsx';
import { SessionTools } from './session-tools.tsx';
import { Steps } from './steps.tsx';
import { useFollow } from './use-follow.ts';
import type { Reveal } from './use-reveal.ts';
import { sessionViews } from './views/session-views.ts';
import type { ViewId } from './views/view-id.ts';
import { viewInPlace } from './views/view-in-place.ts';
import { ViewTabs } from './views/view-tabs.tsx';
import { plural } from './words.ts';

/**
 * One session: its pressure over time, and beneath it one view of it.
 * The host keeps the place, so that it can be an address, and what has been revealed.
 */
export function SessionPage({
  session,
  place,
  onPlace,
  reveal,
}: {
  readonly session: Session;
  readonly place: Place;
  readonly onPlace: (place: Place) => void;
  readonly reveal: Reveal;
}): ReactNode {
  const page = useRef<HTMLDivElement>(null);
  const view = useRef<HTMLDivElement>(null);
  const [panel, setPanel] = useState<PanelId>();
  const follow = useFollow(session);
  const { shown } = follow;
  useKeptFocus(page, place);

  /** A view that was asked for stays while calls are gone through; one that only fitted a selection goes with it. */
  const onSelect = (run: string | undefined, to?: ViewId): void => {
    const stays = place.view === 'cut' || place.view === 'overview' ? undefined : place.view;
    onPlace(moved(place, { run, view: to ?? stays }));
  };
  const onView = (to: ViewId): void => {
    const { cut } = viewInPlace(shown, place);
    // A compaction is an address of its own; where one is selected or near, its view is that place.
    if (to === 'cut' && cut !== undefined) onPlace(moved(place, { run: cut.id, view: undefined }));
    else onPlace(moved(place, { view: to }));
  };
  const onIntent = (intent: Exclude<Intent, { readonly do: 'move' }>): void => {
    switch (intent.do) {
      case 'open':
        return view.current?.focus();
      case 'view':
        return sessionViews.some(({ id }) => id === intent.view) ? onView(intent.view) : undefined;
      case 'toggle':
        return onPlace(toggled(place, intent.part));
      case 'whole':
        return onPlace(moved(place, { from: undefined, to: undefined }));
      case 'follow':
        return follow.toggle();
      case 'panel':
        return setPanel(panel === intent.panel ? undefined : intent.panel);
      default:
        return intent satisfies never;
    }
  };

  return (
    <div
      className="clew-session-page"
      ref={page}
      onKeyDown={(event) => answerKey(event, shown, place.run, { onSelect, onIntent })}
      tabIndex={-1}
    >
      <SessionHeader session={shown} reveal={reveal}>
        <SessionTools follow={follow} panel={panel} onPanel={setPanel} />
      </SessionHeader>
      {panel === undefined ? null : (
        <PopPanel key={panel} title={panelTitles[panel]} onClose={() => setPanel(undefined)}>
          {panel === 'keys' ? <KeyList /> : null}
          {panel === 'export' ? <ExportPanel session={shown} reveal={reveal} page={page} /> : null}
          {panel === 'find' ? (
            <FindPanel
              session={shown}
              reveal={reveal}
              onFound={(run, to) => {
                setPanel(undefined);
                onSelect(run, to);
              }}
            />
          ) : null}
        </PopPanel>
      )}
      {shown.calls.length === 0 ? (
        <NoCalls session={shown} />
      ) : (
        <>
          <PressureTimeline session={shown} place={place} onPlace={onPlace} onSelect={onSelect} />
          <Detail
            session={shown}
            place={place}
            onSelect={onSelect}
            onView={onView}
            reveal={reveal}
            at={view}
          />
        </>
      )}
      {shown.issues.length === 0 ? null : <Issues issues={shown.issues} />}
      <Announcer session={session} />
    </div>
  );
}

const panelTitles: Record<PanelId, string> = { find: 'Find', export: 'Copy and export', keys: 'Keys' };

function Detail({
  session,
  place,
  onSelect,
  onView,
  reveal,
  at,
}: {
  readonly session: Session;
  readonly place: Place;
  readonly onSelect: (id: string | undefined, view?: ViewId) => void;
  readonly onView: (view: ViewId) => void;
  readonly reveal: Reveal;
  readonly at: RefObject<HTMLDivElement | null>;
}): ReactNode {
  const { view, call, cut, isChosen } = viewInPlace(session, place);
  const shown = sessionViews.find(({ id }) => id === view) ?? sessionViews[0];
  if (shown === undefined) return null;
  return (
    <>
      <div className="clew-view-bar">
        <ViewTabs shown={shown.id} onView={onView} />
        {isChosen && call !== undefined ? (
          <Steps session={session} selected={call.id} onSelect={onSelect} />
        ) : null}
      </div>
      <div className="clew-view" ref={at} tabIndex={-1} role="region" aria-label={`View: ${shown.title}`}>
        <shown.Component session={session} call={call} cut={cut} reveal={reveal} onSelect={onSelect} />
      </div>
    </>
  );
}

function NoCalls({ session }: { readonly session: Session }): ReactNode {
  return (
    <section className="clew-panel" aria-label="No compaction">
      <p className="clew-muted">
        {session.spans.length === 0
          ? 'Nothing has arrived from this session yet.'
          : `${plural(session.spans.length, 'span')} arrived, and none of them from the compaction engine.`}
      </p>
    </section>
  );
}

function Issues({ issues }: { readonly issues: readonly string[] }): ReactNode {
  return (
    <details className="clew-panel clew-issues">
      <summary>{plural(issues.length, 'record')} could not be read</summary>
      <ul>
        {issues.map((issue) => (
          <li key={issue}>{issue}</li>
        ))}
      </ul>
    </details>
  );
}

function toggled(place: Place, part: 'axis' | 'unit' | 'form'): Place {
  switch (part) {
    case 'axis':
      return moved(place, { axis: place.axis === undefined ? 'time' : undefined });
    case 'unit':
      return moved(place, { unit: place.unit === undefined ? 'percent' : undefined });
    case 'form':
      return moved(place, { form: place.form === undefined ? 'table' : undefined });
    default:
      return part satisfies never;
  }
}

/** When what had the focus goes away with the old place, the keys must go on to work. */
function useKeptFocus(page: RefObject<HTMLElement | null>, place: Place): void {
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    if (document.activeElement === document.body) page.current?.focus({ preventScroll: true });
  }, [page, place]);
}
