import type { Facts } from './facts.ts';

/** The facts as a table for people, without a line break at its end. */
export function factsTable(facts: Facts): string {
  const rows: readonly (readonly [string, string])[] = [
    ['context window', tokens(facts.window)],
    [
      'history of the session',
      `${tokens(facts.historyTokens)}, ${ratio(facts.historyTokens, facts.window)} × the window`,
    ],
    ['tasks', String(facts.tasks)],
    ['model calls', `${facts.modelCalls} (and ${facts.summaryCalls} for summaries)`],
    ['longest prompt', tokens(facts.longestPrompt)],
    ['prompts over the window', String(facts.overWindow)],
    ['compactions', String(facts.compactions)],
    ...facts.compacted.map(
      ({ tokensBefore, tokensAfter, outcome }, index) =>
        [`  ${index + 1}`, `${number(tokensBefore)} → ${number(tokensAfter)} tokens, ${outcome}`] as const,
    ),
    ...(facts.recall === undefined
      ? []
      : [['facts still known at the end', `${facts.recall.found} of ${facts.recall.of}`] as const]),
    ['spans delivered', `${facts.spans.delivered} of ${facts.spans.emitted}`],
    ['spans dropped', String(facts.spans.dropped)],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n');
}

function tokens(value: number): string {
  return `${number(value)} tokens`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function ratio(part: number, whole: number): string {
  return (part / whole).toFixed(1);
}
