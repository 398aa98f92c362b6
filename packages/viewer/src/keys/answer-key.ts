import type { Session } from '@clew/trace-model';
import type { KeyboardEvent } from 'react';
import { intentOf, type Intent } from './keymap.ts';
import { navigate } from '../navigate.ts';

/** What the page can do for a key that is no move. */
export type SessionActs = {
  readonly onSelect: (id: string | undefined) => void;
  readonly onIntent: (intent: Exclude<Intent, { readonly do: 'move' }>) => void;
};

/** Answers a key of `keymap`, unless a person is typing or holds a modifier, which is the browser's. */
export function answerKey(
  event: KeyboardEvent,
  session: Session,
  selected: string | undefined,
  { onSelect, onIntent }: SessionActs,
): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (isTyping(event.target)) return;
  const intent = intentOf(event.key);
  if (intent === undefined || (intent.do === 'open' && isPressable(event.target))) return;
  if (intent.do === 'move') {
    const target = navigate(event.key, session, selected);
    if (target === undefined) return;
    onSelect(target.to);
  } else onIntent(intent);
  event.preventDefault();
}

function isTyping(target: EventTarget): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** Enter belongs to what has the focus, where that can be pressed. */
function isPressable(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('button, a, summary') !== null;
}
