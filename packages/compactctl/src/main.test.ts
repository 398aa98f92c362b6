import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conversation } from '@clew/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from './main.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'compactctl-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function run(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const code = await main(args, {
    directory,
    environment: {},
    out: (text) => {
      out.push(text);
      if (text.includes('Ctrl-C')) stop();
    },
    error: (text) => void error.push(text),
    stopped: () => stopped,
  });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

const talk = conversation(
  Array.from({ length: 12 }, (_, index) => ({
    user: `Question ${index}`,
    calls: [{ tool: 'read', output: `line ${index} `.repeat(400) }],
    answer: `Answer ${index}`,
  })),
);

describe('compactctl', () => {
  it('says what there is', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('dry-run SESSION');
    expect((await run('dry-run', '--help')).out).toContain('--window VALUE');
  });

  it.each([
    [[], /compactctl: try, check and see/u],
    [['explode'], /there is no command 'explode'; expected validate-config, dry-run, view, flush/u],
    [['dry-run'], /dry-run expects SESSION, got 0 argument/u],
    [['dry-run', 'nowhere.json'], /nowhere.json could not be read/u],
    [['dry-run', '--color', 'x'], /--color/u],
    [['view', '--port', 'many'], /--port expects a whole number, got 'many'/u],
  ])('answers misuse with 2 and a sentence: %j', async (args, message) => {
    const { code, out, error } = await run(...args);
    expect(code).toBe(2);
    expect(out + error).toMatch(message);
  });
});

describe('validate-config', () => {
  it('names the field that is wrong', async () => {
    await writeFile(join(directory, 'bad.yaml'), 'policy:\n  trigger_pct: 8.5');
    const { code, error } = await run('validate-config', 'bad.yaml');
    expect(code).toBe(2);
    expect(error).toMatch(/policy\.trigger_pct.*got 8\.5/u);
  });

  it('prints what a file comes to', async () => {
    await writeFile(join(directory, 'good.yaml'), 'model: gpt-4o');
    expect(await run('validate-config', 'good.yaml')).toMatchObject({ code: 0, out: 'good.yaml is valid.' });
    const { out } = await run('validate-config', 'good.yaml', '--json');
    expect(JSON.parse(out)).toMatchObject({ model: 'gpt-4o', max_context_tokens: 128_000 });
  });
});

describe('dry-run', () => {
  it.each([
    ['a JSON array', 'session.json', JSON.stringify(talk)],
    ['JSONL', 'session.jsonl', talk.map((item) => JSON.stringify(item)).join('\n')],
  ])('shows the fates of a session in %s', async (_, name, text) => {
    await writeFile(join(directory, name), text);
    const { code, out } = await run('dry-run', name, '--window', '8000', '--json');
    const plan = JSON.parse(out) as {
      outcome: string;
      ledger: unknown[];
      tokens: { before: number; after: number };
    };
    expect(code).toBe(0);
    expect(plan.outcome).toMatch(/^(?:compacted|pruned_only)$/u);
    expect(plan.ledger).toHaveLength(talk.length);
    expect(plan.tokens.after).toBeLessThan(plan.tokens.before);
  });

  it('takes the first N messages, and says that nothing is to be done', async () => {
    await writeFile(join(directory, 's.json'), JSON.stringify(talk));
    const { out } = await run('dry-run', 's.json', '--until', '4', '--window', '8000');
    expect(out).toContain('chat: 4 items');
    expect(out).toContain('Outcome: noop_below');
  });

  it('reports a damaged line with its number and goes on', async () => {
    const lines = talk.map((item) => JSON.stringify(item));
    await writeFile(join(directory, 's.jsonl'), [lines[0], '{"role":', ...lines.slice(1)].join('\n'));
    const { code, error, out } = await run('dry-run', 's.jsonl');
    expect(code).toBe(0);
    expect(error).toMatch(/s\.jsonl:2: not JSON, skipped/u);
    expect(out).toContain(`chat: ${talk.length} items`);
  });

  const recorded = fileURLToPath(new URL('../../../../shared/data/pi-large-session.jsonl', import.meta.url));
  it.skipIf(!existsSync(recorded))(
    'reads a session that pi recorded (skipped without the recording)',
    async () => {
      const { code, out } = await run('dry-run', recorded, '--window', '128000', '--json');
      const plan = JSON.parse(out) as { count: { before: number }; coverage: { seen: number } };
      expect(code).toBe(0);
      expect(plan.count.before).toBe(900);
      expect(plan.coverage.seen).toBe(900);
    },
  );
});

describe('view', () => {
  it('serves the host until it is stopped', async () => {
    const { code, out } = await run('view', '--port', '0');
    expect(code).toBe(0);
    expect(out).toMatch(/The viewer is at http:\/\/127\.0\.0\.1:\d+/u);
  });
});

describe('flush', () => {
  it('sends nothing where nothing is left, and says so', async () => {
    await writeFile(join(directory, 'own.yaml'), `telemetry: { spool_path: ${join(directory, 'spool')} }`);
    expect(await run('flush', '--config', 'own.yaml', '--timeout', '5')).toMatchObject({
      code: 0,
      out: 'ariadne: 0 found, 0 delivered, 0 still in the spool',
    });
  });

  it('refuses a time that is none', async () => {
    expect(await run('flush', '--timeout', 'soon')).toMatchObject({ code: 2 });
  });
});
