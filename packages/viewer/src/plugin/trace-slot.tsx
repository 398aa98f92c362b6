import { Suspense, type ComponentType, type ReactNode } from 'react';
import { ClewRoot } from '../clew-root.tsx';
import type { ModelState } from './plugin-model.ts';
import { SlotBoundary } from './slot-boundary.tsx';
import type { SpanRef, TraceHost } from './trace-host.ts';
import type { AnyViewPlugin, Slot, ViewProps } from './trace-plugin.ts';
import { useModelStates } from './use-model-states.ts';

/**
 * A place in a host for what its plugins have to show, in the plugins' order. Each view has an error boundary and a
 * Suspense of its own. Where no plugin has anything to show it renders `empty`, by default nothing.
 */
export function TraceSlot({
  name,
  host,
  plugins,
  span,
  empty = null,
}: {
  readonly name: Slot;
  readonly host: TraceHost;
  readonly plugins: readonly AnyViewPlugin[];
  readonly span?: SpanRef | undefined;
  readonly empty?: ReactNode;
}): ReactNode {
  const states = useModelStates(host.feed, plugins);
  const views = plugins.flatMap((plugin, at) => {
    const state = states[at];
    const View = plugin.views[name];
    return View === undefined || state === undefined || state.state === 'idle'
      ? []
      : [{ plugin, state, View }];
  });
  if (views.length === 0) return empty;
  return (
    <ClewRoot isInline={name === 'row'}>
      {views.map(({ plugin, state, View }) => (
        <SlotBoundary key={plugin.id} title={plugin.title} subject={subjectOf(host, span)}>
          <Suspense
            fallback={name === 'row' ? null : <p className="clew-slot-wait">Loading {plugin.title} …</p>}
          >
            <Ready state={state} View={View} host={host} span={span} />
          </Suspense>
        </SlotBoundary>
      ))}
    </ClewRoot>
  );
}

/** In the boundary, a model that could not be made is thrown like a view that could not be drawn. */
function Ready({
  state,
  View,
  host,
  span,
}: {
  readonly state: ModelState;
  readonly View: ComponentType<ViewProps<unknown>>;
  readonly host: TraceHost;
  readonly span: SpanRef | undefined;
}): ReactNode {
  if (state.state === 'failed') throw state.error;
  return state.state === 'ready' ? <View model={state.model} host={host} span={span} /> : null;
}

function subjectOf({ selection }: TraceHost, span: SpanRef | undefined): string {
  const about = span ?? selection;
  return about === undefined ? '' : `${about.traceId}/${about.id}`;
}
