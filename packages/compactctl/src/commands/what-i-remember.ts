import { rememberedContext } from 'clew';
import type { RememberedContext, RememberedLayer } from 'clew';
import type { Command } from '../command.ts';
import { runSession, sessionFlags } from '../session-run.ts';

export const whatIRemember: Command = {
  name: 'what-i-remember',
  arguments: ['SESSION'],
  summary:
    'Prints what a model would see of a session now, in layers: what is protected, the summary, the rest.',
  flags: { ...sessionFlags, json: { type: 'boolean', help: 'Print the layers as JSON, items whole.' } },
  examples: [['compactctl what-i-remember session.jsonl --window 64000', 'What is left, and of what kind?']],
  async run([path = ''], flags, terminal) {
    const { session, result } = await runSession(path, flags, terminal, { when: 'due' });
    const context = rememberedContext(result, { inspect: (item) => session.dialect.inspect(item) });
    terminal.out(flags['json'] === true ? JSON.stringify(context, null, 2) : textOf(context));
    return 0;
  },
};

function textOf({ layers, tokens, window, droppedCount }: RememberedContext): string {
  const { summary } = layers;
  const left = [
    `${tokens} of ${window.limitTokens} tokens; compacted at ${window.triggerTokens}.`,
    '',
    ...layerText('Protected', layers.protected),
    ...(summary === undefined
      ? ['Summary: none.']
      : [
          `Summary v${summary.version}: ${summary.tokens} tokens for ${summary.covers} messages.`,
          '',
          summary.text,
        ]),
    '',
    ...layerText('Recent', layers.recent),
  ];
  return [
    ...left,
    ...(droppedCount === 0 ? [] : ['', `${droppedCount} messages left, and no summary covers them.`]),
  ].join('\n');
}

function layerText(name: string, { items, tokens }: RememberedLayer): readonly string[] {
  const rows = items.map(
    ({ id, role, kind, tool, tokens: weight }) =>
      `  ${id}  ${[role, kind, tool].filter((part) => part !== undefined).join(' ')}, ${weight} tokens`,
  );
  return [`${name}: ${items.length} messages, ${tokens} tokens.`, ...rows];
}
