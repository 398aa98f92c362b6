import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../command.ts';
import { followEvents } from '../tail/follow-events.ts';
import { isNotable, lineOf, parseSpan } from '../tail/tail-line.ts';
import { UsageError } from '../usage-error.ts';

export const tail: Command = {
  name: 'tail',
  arguments: [],
  summary: 'Prints compactions as they happen, a line each, from a running viewer.',
  about:
    'Reads the stream of the Clew host, from what it holds on, or of Ariadne, from now on. A stream that is lost is\ntaken up again where it was.',
  flags: {
    source: {
      type: 'string',
      value: 'URL',
      help: 'The viewer: http://localhost:5175 by default. An address that ends in /events is read as it is.',
    },
    all: { type: 'boolean', help: 'Every span, not only compactions and errors.' },
    json: { type: 'boolean', help: 'One JSON object a line, as it came.' },
  },
  examples: [['compactctl tail | grep fallback', 'Wait for something.']],
  async run(_, flags, terminal) {
    const abort = new AbortController();
    void terminal.stopped().then(() => abort.abort());
    const { signal } = abort;
    const url = await streamOf(String(flags['source'] ?? 'http://localhost:5175'), signal);
    terminal.error(`Following ${url.href} (Ctrl-C to stop).`);
    const events = followEvents(url, {
      signal,
      onLost: (reason, millis) => terminal.error(`${reason}; trying again in ${millis / 1000} s`),
      wait: (millis) => sleep(millis, undefined, { signal }).catch(() => undefined),
    });
    for await (const data of events) {
      const span = parseSpan(data);
      if (span === undefined || (flags['all'] !== true && !isNotable(span))) continue;
      terminal.out(flags['json'] === true ? data : lineOf(span));
    }
    return 0;
  },
};

/** The host's own stream replays what it holds; where there is none, it is Ariadne's. */
async function streamOf(source: string, signal: AbortSignal): Promise<URL> {
  if (!URL.canParse(source) || !/^https?:/u.test(source)) {
    throw new UsageError(`--source expects a URL as http://localhost:5175, got '${source}'`);
  }
  const given = new URL(source);
  if (given.pathname.endsWith('/events')) return given;
  const own = new URL('/api/stream?cursor=0', given);
  const answer = await fetch(own, { signal: AbortSignal.any([signal, AbortSignal.timeout(3000)]) }).catch(
    (error: unknown) => {
      throw new UsageError(
        `nobody answers at ${given.origin}: ${String(error)}. Start \`compactctl view\`, or name --source`,
      );
    },
  );
  await answer.body?.cancel();
  return answer.ok ? own : new URL('/events', given);
}
