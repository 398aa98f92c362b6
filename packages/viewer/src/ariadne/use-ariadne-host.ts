import { useMemo } from 'react';
import type { SpanRef, TraceHost } from '../plugin/trace-host.ts';
import type { AriadneEvent } from './ariadne-event.ts';
import { useEventFeed } from './use-event-feed.ts';

/** What is chosen in Ariadne's tree. */
export type AriadneSelection =
  | { readonly kind: 'trace'; readonly traceId: string }
  | { readonly kind: 'span'; readonly traceId: string; readonly spanId: string };

/** Three values that Ariadne's `App` has already, and what an embedder may add. */
export type AriadneState = {
  /** All events, in the order in which Ariadne keeps them. */
  readonly events: readonly AriadneEvent[];
  readonly selectedItem: AriadneSelection | null;
  readonly setSelectedItem: (item: { kind: 'span'; traceId: string; spanId: string } | null) => void;
  readonly onReveal?: TraceHost['onReveal'];
  readonly load?: TraceHost['load'];
};

/** Ariadne's web UI as a host for plugins. */
export function useAriadneHost(state: AriadneState): TraceHost {
  const { events, selectedItem, setSelectedItem, onReveal, load } = state;
  const feed = useEventFeed(events);
  const selection = useSelection(selectedItem);
  return useMemo(
    () => ({
      feed,
      selection,
      select: (span) =>
        setSelectedItem(span === undefined ? null : { kind: 'span', traceId: span.traceId, spanId: span.id }),
      onReveal,
      load,
    }),
    [feed, selection, setSelectedItem, onReveal, load],
  );
}

/** The chosen span. A trace that is chosen as a whole is no span. */
function useSelection(item: AriadneSelection | null): SpanRef | undefined {
  const traceId = item?.kind === 'span' ? item.traceId : undefined;
  const id = item?.kind === 'span' ? item.spanId : undefined;
  return useMemo(
    () => (traceId === undefined || id === undefined ? undefined : { traceId, id }),
    [traceId, id],
  );
}
