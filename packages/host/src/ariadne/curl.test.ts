import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { withHost } from '../testing/with-host.ts';

const run = promisify(execFile);

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const trace = `{
  "type": "trace", "trace_id": "demo-trace", "name": "Weather agent run",
  "started_at": "2025-10-14T10:00:00Z", "ended_at": "2025-10-14T10:00:06Z", "metadata": { "team": "agents" }
}`;
const span = `{
  "type": "span", "trace_id": "demo-trace", "span_id": "fetch-weather", "kind": "tool.run", "name": "Call Weather API",
  "started_at": "2025-10-14T10:00:01Z", "ended_at": "2025-10-14T10:00:04Z",
  "data": { "location": "Berlin", "status": "200" }, "status": "ok"
}`;

it.skipIf(!hasCurl())('takes what curl sends as the README of Ariadne has it', async () => {
  await withHost({}, async (host) => {
    for (const body of [trace, span]) {
      const args = [
        '-sS',
        '-X',
        'POST',
        `${host.url}/ingest`,
        '-H',
        'Content-Type: application/json',
        '-d',
        body,
      ];
      expect((await run('curl', args)).stdout).toBe('{"success":true,"count":1}');
    }
    const health = JSON.parse((await run('curl', ['-sS', `${host.url}/healthz`])).stdout) as unknown;
    expect(health).toMatchObject({ status: 'ok', events: { count: 2 } });
    const read = await run('curl', ['-sSN', '--max-time', '1', `${host.url}/events`]).catch(
      (error: unknown) => error,
    );
    const { stdout } = Object(read);
    expect(String(stdout).match(/^data: /gm)).toHaveLength(3);
  });
});
