import type { Trigger, Window } from './result.ts';

export type Decision = { readonly fired: boolean; readonly reason: string };

/** Whether to compact. The reason is a sentence with the operands in it. */
export function decide(total: number, window: Window, trigger: Trigger): Decision {
  if (trigger !== 'threshold') return { fired: true, reason: trigger };
  const fired = total >= window.triggerTokens;
  const sign = fired ? '>=' : '<';
  return { fired, reason: `estimate ${total} ${sign} trigger ${window.triggerTokens}` };
}
