import { useRef, useState, type ReactNode } from 'react';
import { ClewRoot } from '../clew-root.tsx';
import { compaction } from '../compaction/compaction-plugin.ts';
import { TraceSlot } from '../plugin/trace-slot.tsx';
import { useModelStates } from '../plugin/use-model-states.ts';
import type { AriadneEvent } from './ariadne-event.ts';
import { useAriadneHost, type AriadneSelection, type AriadneState } from './use-ariadne-host.ts';

const plugins = [compaction];

/**
 * Clew in Ariadne, above its inspector: how the context stands, what the chosen span did to it, and behind a button
 * everything else. Renders nothing before a `compact.*` span has come.
 */
export function CompactionPanel({
  selected,
  onSelect,
  ...state
}: {
  readonly events: readonly AriadneEvent[];
  readonly selected: AriadneSelection | null;
  readonly onSelect: AriadneState['setSelectedItem'];
} & Pick<AriadneState, 'onReveal' | 'load'>): ReactNode {
  const host = useAriadneHost({ ...state, selectedItem: selected, setSelectedItem: onSelect });
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [compactions] = useModelStates(host.feed, plugins);
  if (compactions === undefined || compactions.state === 'idle') return null;
  return (
    <ClewRoot>
      <div className="clew-beside">
        <div className="clew-beside-head">
          <h2>Context</h2>
          <button
            type="button"
            className="clew-button"
            onClick={() => {
              setOpen(true);
              dialog.current?.showModal();
            }}
          >
            Open timeline
          </button>
        </div>
        <TraceSlot name="strip" host={host} plugins={plugins} />
        <TraceSlot name="inspector" host={host} plugins={plugins} />
      </div>
      <dialog ref={dialog} className="clew-dialog" aria-label="Context" onClose={() => setOpen(false)}>
        <form method="dialog">
          <button type="submit" className="clew-button">
            Close
          </button>
        </form>
        {isOpen ? <TraceSlot name="page" host={host} plugins={plugins} /> : null}
      </dialog>
    </ClewRoot>
  );
}
