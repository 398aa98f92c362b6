import type { ViewId } from '../views/view-id.ts';

/** A panel that opens over a session's page. */
export type PanelId = 'find' | 'export' | 'keys';

/** What a key asks for. `move` is decided by `navigate`, from the selection. */
export type Intent =
  | { readonly do: 'move' }
  | { readonly do: 'open' }
  | { readonly do: 'view'; readonly view: ViewId }
  | { readonly do: 'toggle'; readonly part: 'axis' | 'unit' | 'form' }
  | { readonly do: 'whole' }
  | { readonly do: 'follow' }
  | { readonly do: 'panel'; readonly panel: PanelId };

/** One line of the list of keys. */
export type KeyBinding = {
  /** As a keyboard event names them. */
  readonly keys: readonly string[];
  /** As they are printed. */
  readonly label: string;
  readonly group: 'Move' | 'Views' | 'Timeline' | 'Session';
  readonly name: string;
  readonly intent: Intent;
};

const move = { do: 'move' } as const;

/** Every key that works while the focus is within a session. The help is this list, so that it cannot be wrong. */
export const keymap: readonly KeyBinding[] = [
  { keys: ['ArrowLeft', 'ArrowRight'], label: '← →', group: 'Move', name: 'From call to call', intent: move },
  { keys: ['[', ']'], label: '[ ]', group: 'Move', name: 'From compaction to compaction', intent: move },
  { keys: ['Home', 'End'], label: 'Home End', group: 'Move', name: 'First and latest call', intent: move },
  { keys: ['Enter'], label: 'Enter', group: 'Move', name: 'Go to what is shown', intent: { do: 'open' } },
  { keys: ['Escape'], label: 'Esc', group: 'Move', name: 'Close, or select nothing', intent: move },
  view('o', 'overview', 'Overview'),
  view('c', 'cut', 'Compaction'),
  view('s', 'seen', 'What the model saw'),
  view('r', 'retention', 'Retention'),
  view('m', 'cost', 'Cost and cache'),
  view('p', 'policy', 'Policy'),
  toggle('x', 'axis', 'By call or by time'),
  toggle('y', 'unit', 'Tokens or share of the window'),
  toggle('t', 'form', 'Chart or table'),
  { keys: ['z'], label: 'z', group: 'Timeline', name: 'The whole session', intent: { do: 'whole' } },
  { keys: ['f'], label: 'f', group: 'Session', name: 'Follow or pause', intent: { do: 'follow' } },
  panel('/', 'find', 'Find'),
  panel('e', 'export', 'Copy and export'),
  panel('?', 'keys', 'These keys'),
];

/** What a key asks for; `undefined` where it means nothing. */
export function intentOf(key: string): Intent | undefined {
  return keymap.find(({ keys }) => keys.includes(key))?.intent;
}

function view(key: string, id: ViewId, name: string): KeyBinding {
  return { keys: [key], label: key, group: 'Views', name, intent: { do: 'view', view: id } };
}

function toggle(key: string, part: 'axis' | 'unit' | 'form', name: string): KeyBinding {
  return { keys: [key], label: key, group: 'Timeline', name, intent: { do: 'toggle', part } };
}

function panel(key: string, id: PanelId, name: string): KeyBinding {
  return { keys: [key], label: key, group: 'Session', name, intent: { do: 'panel', panel: id } };
}
