import type { Basis } from './common.ts';

/** A number of tokens as people say it: `812`, `21.4k`, `112k`, `1.2M`; with `~` where it is a guess. */
export function tokens(count: number, basis?: Basis): string {
  const mark = basis === 'estimate' ? '~' : '';
  if (count < 1000) return `${mark}${Math.round(count)}`;
  const thousands = shortened(count / 1000);
  return thousands < 1000 ? `${mark}${thousands}k` : `${mark}${shortened(count / 1_000_000)}M`;
}

/** `1 item`, `2 items`, `no items`. */
export function amount(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return `no ${many}`;
  return `${count} ${count === 1 ? one : many}`;
}

/** `67 %`; below ten with one decimal, so that a small share does not read as none. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  if (value > 9999) return 'over 9999 %';
  return `${Math.abs(value) < 9.95 ? oneDecimal(value) : Math.round(value)} %`;
}

/** How `after` differs from `before`: ` (-61 %)`; empty where there was nothing before. */
export function change(before: number, after: number): string {
  if (before === 0 || before === after) return '';
  return ` (${after > before ? '+' : ''}${percent((after - before) / before)})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function shortened(value: number): number {
  return value < 99.95 ? oneDecimal(value) : Math.round(value);
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
