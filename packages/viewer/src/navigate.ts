import type { Session } from '@clew/trace-model';

/** What a key does with the selection: to another run, to none, or nothing at all. */
export type Move = { readonly to: string | undefined };

/**
 * Left and right go from call to call, `[` and `]` from cut to cut, Escape back. Returns `undefined` for a key
 * that means nothing here, or that has nowhere to go.
 */
export function navigate(key: string, session: Session, selected: string | undefined): Move | undefined {
  const { calls, cuts } = session;
  const at = calls.findIndex((call) => call.id === selected);
  switch (key) {
    case 'ArrowLeft':
      return towards(calls[at === -1 ? calls.length - 1 : at - 1]?.id);
    case 'ArrowRight':
      return towards(calls[at + 1]?.id);
    case 'Home':
      return towards(calls[0]?.id);
    case 'End':
      return towards(calls.at(-1)?.id);
    case '[':
      return towards(cuts.findLast((cut) => at === -1 || cut.call.position < at + 1)?.id);
    case ']':
      return towards(cuts.find((cut) => cut.call.position > at + 1)?.id);
    case 'Escape':
      return selected === undefined ? undefined : { to: undefined };
    default:
      return undefined;
  }
}

function towards(id: string | undefined): Move | undefined {
  return id === undefined ? undefined : { to: id };
}
