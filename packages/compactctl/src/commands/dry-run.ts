import { resolve } from 'node:path';
import { CompactManager, fates } from '@clew/core';
import type { CompactResult } from '@clew/core';
import { loadConfig, policyOf, pricesOf } from 'clew';
import type { Command } from '../command.ts';
import { readSession } from '../sessions/read-session.ts';
import { wholeNumber } from '../whole-number.ts';

export const dryRun: Command = {
  name: 'dry-run',
  arguments: ['SESSION'],
  summary: 'Shows what a compaction of a recorded session would do. Calls no model and writes nothing.',
  flags: {
    until: { type: 'string', help: 'Take the first N messages only.' },
    window: { type: 'string', help: 'The context window in tokens.' },
    config: { type: 'string', help: 'A configuration file for the policy.' },
    json: { type: 'boolean', help: 'Print the plan as JSON.' },
  },
  async run([path = ''], flags, terminal) {
    const { directory, environment } = terminal;
    const file = typeof flags['config'] === 'string' ? resolve(directory, flags['config']) : undefined;
    const config = await loadConfig({ file, directory, environment });
    const session = await readSession(resolve(directory, path));
    for (const problem of session.problems) terminal.error(problem);
    const manager = new CompactManager({
      model: config.model,
      maxContextTokens: wholeNumber('window', flags['window']) ?? config.max_context_tokens,
      dialect: session.dialect,
      policy: policyOf(config),
      prices: pricesOf(config),
    });
    const items = session.items.slice(0, wholeNumber('until', flags['until']));
    const result = await manager.preflight({ sessionId: 'dry-run', items });
    terminal.out(flags['json'] === true ? toJson(result) : toText(session.format, result));
    return result.outcome === 'irreducible' || result.outcome === 'invalid' ? 1 : 0;
  },
};

function toJson(result: CompactResult<unknown>): string {
  const { outcome, advice, window, tokens, count, coverage, steps } = result;
  const ledger = result.ledger.map(({ index, fate, tokens: weight, reason }) => ({
    index,
    fate,
    tokens: weight,
    reason,
  }));
  return JSON.stringify({ outcome, advice, window, tokens, count, coverage, steps, ledger }, null, 2);
}

function toText(
  format: string,
  { outcome, advice, window, tokens, count, steps }: CompactResult<unknown>,
): string {
  const rows = fates.map(
    (fate) =>
      `  ${fate.padEnd(10)} ${String(count.byFate[fate]).padStart(6)} items ${format9(tokens.byFate[fate])}`,
  );
  return [
    `${format}: ${count.before} items, ${tokens.before} tokens (${tokens.basis}); the trigger is ${window.triggerTokens} of ${window.limitTokens}.`,
    `Outcome: ${outcome}${steps.length > 0 ? ` by ${steps.join(' > ')}` : ''}, ${tokens.before} -> ${tokens.after} tokens.`,
    ...(advice === undefined ? [] : [advice]),
    ...rows,
    `  ${'inserted'.padEnd(10)} ${String(count.inserted).padStart(6)} items ${format9(tokens.inserted)}`,
  ].join('\n');
}

function format9(tokens: number): string {
  return `${String(tokens).padStart(9)} tokens`;
}
