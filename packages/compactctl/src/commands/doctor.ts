import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { probeDelivery, probeStorage } from 'clew';
import type { DeliveryProbe } from 'clew';
import type { Command } from '../command.ts';
import { configFileOf, configFlag, configOf } from '../config-flag.ts';
import { findTrace } from '../doctor/find-trace.ts';

type Check = { readonly name: string; readonly isOk: boolean; readonly message: string };

export const doctor: Command = {
  name: 'doctor',
  arguments: [],
  summary: 'Checks the configuration, sends a real span along each configured path, and says what arrived.',
  about: 'Exit code 1 where something does not work. Nothing is left behind but that span.',
  flags: {
    config: configFlag,
    json: { type: 'boolean', help: 'Print the checks as JSON.' },
  },
  async run(_, flags, terminal) {
    const { directory, environment } = terminal;
    const file = configFileOf(flags, terminal);
    const config = await configOf(flags, terminal);
    const source =
      file ??
      ['yaml', 'yml', 'json', 'ts'].map((end) => resolve(directory, `compact.${end}`)).find(existsSync);
    const delivered = await probeDelivery(config, { environment });
    const checks: readonly Check[] = [
      { name: 'node', isOk: true, message: process.version },
      { name: 'configuration', isOk: true, message: source ?? 'no file: defaults and COMPACT_* variables' },
      {
        name: 'window',
        isOk: true,
        message: `${config.model}, ${config.max_context_tokens} tokens; summaries by ${config.summary.model ?? config.model}`,
      },
      ...(await Promise.all(delivered.map(checkOf))),
      ...(await probeStorage(config)).map(({ name, isOk, message }) => ({ name, isOk, message })),
    ];
    terminal.out(
      flags['json'] === true
        ? JSON.stringify({ ok: checks.every(({ isOk }) => isOk), checks }, null, 2)
        : checks
            .map(({ name, isOk, message }) => `${isOk ? 'ok  ' : 'FAIL'}  ${name.padEnd(16)} ${message}`)
            .join('\n'),
    );
    return checks.every(({ isOk }) => isOk) ? 0 : 1;
  },
};

async function checkOf({ exporter, target, isDelivered, messages, traceId }: DeliveryProbe): Promise<Check> {
  const where = target === undefined ? '' : ` to ${target}`;
  if (!isDelivered) {
    return {
      name: exporter,
      isOk: false,
      message: `no span arrived${where}. ${messages.join(' ')}`.trimEnd(),
    };
  }
  const found =
    exporter.startsWith('ariadne') && target !== undefined ? await findTrace(target, traceId) : 'not told';
  if (found === 'missing') {
    return { name: exporter, isOk: false, message: `a span was accepted${where}, but cannot be found there` };
  }
  const read = found === 'found' ? ' and read back' : '';
  return { name: exporter, isOk: true, message: `a span was delivered${where}${read} (trace ${traceId})` };
}
