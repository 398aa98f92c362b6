import { randomUUID } from 'node:crypto';
import { responses } from '@clew/core';
import { HostLimits, listen } from '@clew/host';
import { openManager } from 'clew';
import type { Command } from '../command.ts';
import { configOf } from '../config-flag.ts';
import { gatewayApp } from '../gateway/gateway-app.ts';
import { policyFlags } from '../load-policy.ts';
import { wholeNumber } from '../whole-number.ts';

const hostname = '127.0.0.1';

export const serve: Command = {
  name: 'serve',
  arguments: [],
  summary: 'Answers POST /v1/responses/compact, so that an agent in any language can use the engine.',
  about:
    "The request and the answer have the shape of OpenAI's endpoint of that name; the context comes back as items that\nany model can read. A header `Clew-Session: ID` continues a session; without it each request stands alone.\nPOST /v1/responses/input_tokens and POST /v1/messages/count_tokens count a prompt. A field that is not supported is\nrefused by its name. Models are asked for summaries only where `summary.model` names one; else the digest is used.",
  flags: {
    port: {
      type: 'string',
      value: 'N',
      help: 'The port, 5176 by default; it is bound to this machine only.',
    },
    ...policyFlags,
    json: { type: 'boolean', help: 'Print where it is as JSON.' },
  },
  examples: [['compactctl serve --config compact.yaml', 'Serve the policy of a file.']],
  async run(_, flags, terminal) {
    const loaded = await configOf(flags, terminal);
    const window = wholeNumber('window', flags['window']) ?? loaded.max_context_tokens;
    const config = { ...loaded, max_context_tokens: window };
    const { manager, shutdown } = await openManager<object>(responses, config, {
      environment: terminal.environment,
      log: (level, text) => level !== 'info' && terminal.error(text),
    });
    const app = gatewayApp({
      engine: manager,
      model: config.model,
      hostname,
      newId: () => randomUUID().replaceAll('-', ''),
      now: Date.now,
    });
    const port = wholeNumber('port', flags['port']) ?? 5176;
    const server = await listen(app.fetch, { port, hostname, limits: HostLimits.parse({}) });
    const at = `The engine is at ${server.url}/v1/responses/compact (Ctrl-C to stop).`;
    terminal.out(flags['json'] === true ? JSON.stringify({ url: server.url }) : at);
    await terminal.stopped();
    await server.close();
    await shutdown();
    return 0;
  },
};
