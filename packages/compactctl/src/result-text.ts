import { fates } from '@clew/core';
import type { CompactResult } from '@clew/core';

/** A result for people. */
export function resultText(format: string, result: CompactResult<unknown>): string {
  const { outcome, advice, window, tokens, count, steps, summary, retention } = result;
  const rows = [
    ...fates.map((fate) => [fate, count.byFate[fate], tokens.byFate[fate]] as const),
    ['inserted', count.inserted, tokens.inserted] as const,
  ];
  return [
    `${format}: ${count.before} items, ${tokens.before} tokens (${tokens.basis}); the trigger is ${window.triggerTokens} of ${window.limitTokens}.`,
    `Outcome: ${outcome}${steps.length > 0 ? ` by ${steps.join(' > ')}` : ''}, ${tokens.before} -> ${tokens.after} tokens.`,
    ...(advice === undefined ? [] : [advice]),
    ...rows.map(
      ([name, items, weight]) =>
        `  ${name.padEnd(10)} ${String(items).padStart(6)} items ${String(weight).padStart(9)} tokens`,
    ),
    ...(summary === undefined ? [] : [`Summary v${summary.version}: ${summary.tokens} tokens.`]),
    ...(retention === undefined
      ? []
      : [
          `Facts: ${Math.round(retention.score * 100)} % kept by worth, ${retention.evicted} evicted; the fact sheet takes ${retention.sheetTokens} tokens.`,
        ]),
  ].join('\n');
}
