import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, Runner, setTracingDisabled, tool, withTrace } from '@openai/agents';
import { ScriptedModel, assistantMessage, functionCall } from '@openai/agents-core/testing';
import { clew } from 'clew';
import type { ClewOptions } from 'clew';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';

// What leaves the process is searched byte by byte: every request to every backend, every file, every line of the log.

const said = { prompt: 'quokka', result: 'narwhal', answer: 'axolotl', argument: 'pangolin' };
/** Made of parts, so that no scanner takes this file for a leak. */
const secret = ['ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');

let bodies: Buffer[] = [];
let lines: string[] = [];
let server: Server;
let url = '';
let path = '';
beforeEach(async () => {
  setTracingDisabled(false);
  bodies = [];
  lines = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  path = await mkdtemp(join(tmpdir(), 'clew-leak-'));
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(path, { recursive: true, force: true });
});

const read = tool({
  name: 'read_file',
  description: 'Reads a file.',
  parameters: z.object({ path: z.string() }),
  execute: () => `${said.result} GITHUB=${secret} ${'some words of a file. '.repeat(90)}`,
});

/** A run that compacts, with content on every way that content can take; all that left the process. */
async function everythingSent(options: Pick<ClewOptions, 'telemetry' | 'storage'>) {
  const calls = Array.from({ length: 12 }, (_, index) => [
    functionCall('read_file', { path: `${said.argument}-${index}` }, { callId: `call_${index}` }),
  ]);
  const model = new ScriptedModel([...calls, [assistantMessage(`${said.answer}: all read.`)]]);
  const app = await clew({
    directory: path,
    environment: {},
    model: 'gpt-5',
    maxContextTokens: 3000,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    ...options,
    telemetry: {
      exporter: ['ariadne', 'otlp'],
      ariadneUrl: `${url}/ingest`,
      otlpUrl: `${url}/v1/traces`,
      spoolPath: join(path, 'spool'),
      ...options.telemetry,
    },
    modelProvider: { getModel: () => model },
    summarizer: null,
    emitGenerationSpan: true,
    sdkTracing: 'only',
    log: (_level, text) => void lines.push(text),
  });
  const agent = new Agent({ name: 'Reader', instructions: 'Read.', tools: [read] });
  await withTrace('reading', () =>
    new Runner(app.runConfig).run(agent, `Please read about the ${said.prompt} with ${secret}.`, {
      maxTurns: 50,
    }),
  );
  await app.shutdown();
  const files = await readdir(path, { recursive: true, withFileTypes: true });
  const written = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
  );
  return {
    sent: Buffer.concat(bodies).toString('latin1'),
    written: Buffer.concat(written).toString('latin1'),
  };
}

it('sends nothing of what was said where nothing may be captured', async () => {
  const { sent, written } = await everythingSent({
    telemetry: { capture: 'none' },
    storage: { adapter: 'none' },
  });
  expect(sent).toContain('compact.run');
  for (const word of [...Object.values(said), secret]) {
    expect([word, sent.includes(word), written.includes(word)]).toEqual([word, false, false]);
    expect(lines.join('\n')).not.toContain(word);
  }
});

it('sends and keeps no secret where content is captured, and all of it is there otherwise', async () => {
  const { sent, written } = await everythingSent({
    telemetry: { capture: 'redacted' },
    storage: { path: join(path, 'archive') },
  });
  expect(sent).toContain(said.prompt);
  expect(written).toContain(said.result);
  expect(sent).not.toContain(secret);
  expect(written).not.toContain(secret);
});
