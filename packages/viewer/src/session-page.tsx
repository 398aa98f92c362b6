import { costOf, type Session } from '@clew/trace-model';
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { CallPanel } from './call-panel.tsx';
import { CutList } from './cut-list.tsx';
import { CostPanel } from './cost/cost-panel.tsx';
import { CutView } from './cut/cut-view.tsx';
import { HealthSigns } from './health-signs.tsx';
import { navigate } from './navigate.ts';
import { PressureTimeline } from './pressure/pressure-timeline.tsx';
import { RetentionPanel } from './retention/retention-panel.tsx';
import { SessionHeader } from './session-header.tsx';
import { Steps } from './steps.tsx';
import type { Reveal } from './use-reveal.ts';
import { plural } from './words.ts';

/**
 * One session: its pressure over time, and beneath it the selected call and compaction, or the list of them.
 * The host keeps the selection (a run's id, or none) and what has been revealed.
 */
export function SessionPage({
  session,
  selected,
  onSelect,
  reveal,
}: {
  readonly session: Session;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  readonly reveal: Reveal;
}): ReactNode {
  const page = useRef<HTMLDivElement>(null);
  useKeptFocus(page, selected);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target))
      return;
    const move = navigate(event.key, session, selected);
    if (move === undefined) return;
    event.preventDefault();
    onSelect(move.to);
  };

  return (
    <div className="clew-session-page" ref={page} onKeyDown={onKeyDown} tabIndex={-1}>
      <SessionHeader session={session} reveal={reveal} />
      {session.calls.length === 0 ? (
        <NoCalls session={session} />
      ) : (
        <>
          <PressureTimeline session={session} selected={selected} onSelect={onSelect} />
          <Detail session={session} selected={selected} onSelect={onSelect} reveal={reveal} />
        </>
      )}
      {session.issues.length === 0 ? null : <Issues issues={session.issues} />}
    </div>
  );
}

function Detail({
  session,
  selected,
  onSelect,
  reveal,
}: {
  readonly session: Session;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  readonly reveal: Reveal;
}): ReactNode {
  const call = session.calls.find(({ id }) => id === selected);
  const cut = session.cuts.find(({ id }) => id === selected);
  if (call === undefined) {
    return (
      <>
        <CostPanel session={session} onSelect={onSelect} />
        <HealthSigns session={session} onSelect={onSelect} />
        <CutList cuts={session.cuts} onSelect={onSelect} />
        <RetentionPanel session={session} onSelect={onSelect} />
      </>
    );
  }
  const cost = costOf(session).cuts.find(({ cut: { id } }) => id === cut?.id);
  return (
    <>
      <Steps session={session} selected={call.id} onSelect={onSelect} />
      <div className={cut === undefined ? 'clew-detail clew-alone' : 'clew-detail clew-with-cut'}>
        {cut === undefined ? null : <CutView cut={cut} cost={cost} reveal={reveal} />}
        <CallPanel call={call} />
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

/** When the pressed button goes away with the old selection, the keys must go on to work. */
function useKeptFocus(page: RefObject<HTMLElement | null>, selected: string | undefined): void {
  const before = useRef(selected);
  useEffect(() => {
    if (before.current === selected) return;
    before.current = selected;
    if (document.activeElement === document.body) page.current?.focus({ preventScroll: true });
  }, [page, selected]);
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}
