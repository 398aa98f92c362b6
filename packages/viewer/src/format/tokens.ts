import type { Basis } from '@clew/trace-model';

/** `812`, `18.2k`, `112k`, `1.2M`; `~` before an estimate. */
export function formatTokens(count: number, basis?: Basis): string {
  const mark = basis === 'estimate' ? '~' : '';
  const size = Math.abs(count);
  const sign = count < 0 ? '−' : '';
  if (size < 1_000) return `${mark}${sign}${Math.round(size)}`;
  const thousands = shortened(size / 1_000);
  return thousands < 1_000 ? `${mark}${sign}${thousands}k` : `${mark}${sign}${shortened(size / 1_000_000)}M`;
}

/** How a context changed: `−68k`, `+1.2k`, `±0`. */
export function formatChange(delta: number): string {
  if (delta === 0) return '±0';
  return delta > 0 ? `+${formatTokens(delta)}` : formatTokens(delta);
}

const grouped = new Intl.NumberFormat();

/** Every digit, grouped in the reader's way; said with its basis where it is known. */
export function exactTokens(count: number, basis?: Basis): string {
  const noun = Math.abs(count) === 1 ? 'token' : 'tokens';
  return `${grouped.format(count)} ${noun}${basis === undefined ? '' : `, ${basisWords[basis]}`}`;
}

export function formatCount(count: number): string {
  return grouped.format(count);
}

const basisWords: Record<Basis, string> = {
  provider: 'as the provider counted',
  tokenizer: 'counted by a tokenizer',
  estimate: 'estimated',
};

function shortened(value: number): number {
  return value < 99.95 ? Math.round(value * 10) / 10 : Math.round(value);
}
