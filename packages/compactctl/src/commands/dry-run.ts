import type { Command } from '../command.ts';
import { resultJson } from '../result-json.ts';
import { resultText } from '../result-text.ts';
import { exitCodeOf, runSession, sessionFlags } from '../session-run.ts';

export const dryRun: Command = {
  name: 'dry-run',
  arguments: ['SESSION'],
  summary: 'Shows what the policy would do with a recorded session. Writes nothing.',
  about:
    'The session is measured as before a model call: below the trigger nothing is compacted, and that is said.\nExit code 1 where it cannot be made to fit.',
  flags: {
    ...sessionFlags,
    json: { type: 'boolean', help: 'Print the plan, the fate of each message and the retention as JSON.' },
  },
  examples: [
    ['compactctl dry-run session.jsonl', 'Would this session be compacted before its next call?'],
    [
      'compactctl dry-run session.jsonl --until 200 --window 64000 --json',
      'The plan after 200 messages, in a window of 64,000 tokens.',
    ],
  ],
  async run([path = ''], flags, terminal) {
    const { session, result } = await runSession(path, flags, terminal, { when: 'due' });
    const { format } = session;
    terminal.out(
      flags['json'] === true
        ? JSON.stringify(resultJson(format, result), null, 2)
        : resultText(format, result),
    );
    return exitCodeOf(result);
  },
};
