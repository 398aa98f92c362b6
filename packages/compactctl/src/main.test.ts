import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { groupItems } from '@clew/core';
import { conversation } from '@clew/core/testing';
import { createHost } from '@clew/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billedSession } from './replay/billed-session.fixture.ts';
import { readSession } from './sessions/read-session.ts';
import { recordings } from './sessions/recordings.fixture.ts';
import { runIn } from './terminal.fixture.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'compactctl-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const run = (...args: string[]) => runIn(directory, args);

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
    expect((await run('dry-run', '--help')).out).toContain('--window N');
  });

  it.each([
    [[], /compactctl: try, check and see/u],
    [
      ['explode'],
      /there is no command 'explode'; expected validate-config, dry-run, diff, compact, replay, what-i-remember, recall, undo, view, import, tail, serve, doctor, flush/u,
    ],
    [['dry-run'], /dry-run expects SESSION, got 0 argument/u],
    [['dry-run', 'nowhere.json'], /nowhere.json could not be read/u],
    [['dry-run', '--color', 'x'], /--color/u],
    [['compact', 'x.json'], /compact expects --out FILE/u],
    [['diff', 'a', 'b', 'c'], /diff expects SESSION, got 3 argument/u],
    [['validate-config', 'nowhere.yaml'], /nowhere.yaml could not be read/u],
    [
      ['view', '--source', 'postgres://me:hunter2@host'],
      /--source: Expected the address of a source(?!.*hunter2)/su,
    ],
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
    expect(code).toBe(1);
    expect(error).toMatch(/policy\.trigger_pct.*got 8\.5/u);
    const asJson = await run('validate-config', 'bad.yaml', '--json');
    expect(JSON.parse(asJson.out)).toMatchObject({ valid: false });
  });

  it('prints what a file comes to', async () => {
    await writeFile(join(directory, 'good.yaml'), 'model: gpt-4o');
    expect(await run('validate-config', 'good.yaml')).toMatchObject({ code: 0, out: 'good.yaml is valid.' });
    const { out } = await run('validate-config', 'good.yaml', '--json');
    expect(JSON.parse(out)).toMatchObject({ model: 'gpt-4o', max_context_tokens: 128_000 });
  });

  it('prints the schema for an editor, and wants a file otherwise', async () => {
    const { code, out } = await run('validate-config', '--schema');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ title: 'Clew', properties: { policy: { type: 'object' } } });
    expect(await run('validate-config')).toMatchObject({ code: 2 });
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
      expect(plan.count.before).toBe(914);
      expect(plan.coverage.seen).toBe(914);
    },
  );
});

describe('compact', () => {
  type Printed = {
    readonly format: string;
    readonly outcome: string;
    readonly tokens: { readonly before: number; readonly after: number; readonly basis: string };
    readonly summary: { readonly tokens: number };
    readonly retention: { readonly score: number };
    readonly ledger: readonly { index: number; fate: string; tokens: number; reason: string | null }[];
  };
  const sessions = recordings(24).map((recording) => [recording.format, recording] as const);

  it.each(sessions)(
    'writes a context of %s that holds what stayed, as it was, and a summary',
    async (format, recording) => {
      const { text, messages } = recording;
      await writeFile(join(directory, 'session'), text);
      const { code, out, error } = await run(
        'compact',
        'session',
        '--out',
        'after.json',
        '--window',
        '8000',
        '--json',
      );
      expect([code, error]).toEqual([0, '']);
      const printed = JSON.parse(out) as Printed;
      expect(printed).toMatchObject({ format, outcome: 'compacted', tokens: { basis: 'tokenizer' } });
      expect(printed.tokens.after).toBeLessThan(printed.tokens.before * 0.6);
      expect(printed.summary.tokens).toBeGreaterThan(100);
      expect(printed.retention.score).toBeGreaterThan(0.9);
      expect(printed.ledger.map(({ index }) => index)).toEqual(
        Array.from({ length: messages }, (_, index) => index),
      );
      expect(printed.ledger[1]).toMatchObject({ fate: 'summarized', reason: 'summary_v1' });

      const { dialect, items } = await readSession(join(directory, 'session'));
      const after = JSON.parse(await readFile(join(directory, 'after.json'), 'utf8')) as readonly object[];
      const kept = printed.ledger.filter(({ fate }) => fate === 'kept' || fate === 'protected');
      for (const { index } of kept) expect(after).toContainEqual(items[index]);
      expect(JSON.stringify(after)).toContain('<COMPACT-SUMMARY v1>');
      expect(JSON.stringify(after)).toContain('src/part-0/main.ts');
      expect(dialect.validate?.(after) ?? []).toEqual([]);
      expect(groupItems(after, dialect).filter(({ isPending }) => isPending)).toEqual([]);

      // What it wrote is read again, by itself and against the session.
      const diff = await run('diff', 'session', 'after.json', '--json');
      const compared = JSON.parse(diff.out) as Printed & {
        inserted: readonly object[];
        defects: readonly string[];
      };
      expect([diff.code, compared.defects]).toEqual([0, []]);
      expect(compared.ledger.map(({ fate }) => fate)).toEqual(printed.ledger.map(({ fate }) => fate));
      expect(compared.inserted.length).toBeGreaterThan(0);
      expect((await run('dry-run', 'after.json')).code).toBe(0);
    },
  );

  it('minds the note, the configuration and the first N messages', async () => {
    await writeFile(join(directory, 's.json'), JSON.stringify(talk));
    await writeFile(join(directory, 'c.yaml'), 'policy:\n  keep_recent_turns: 2\n  keep_tool_io_pairs: 1');
    const args = [
      's.json',
      '--until',
      '40',
      '--window',
      '8000',
      '--config',
      'c.yaml',
      '--note',
      'Keep the port 5175.',
    ];
    const { code, out } = await run('compact', ...args, '--out', 'after.json');
    expect(code).toBe(0);
    expect(out).toMatch(/\d+ messages are in after\.json/u);
    const after = await readFile(join(directory, 'after.json'), 'utf8');
    expect(after).toContain('Keep the port 5175.');
    expect(after).toContain('Answer 9');
    expect(after).not.toContain('Question 11');
  });

  it('finds that a window is too small for what must stay', async () => {
    await writeFile(
      join(directory, 's.json'),
      JSON.stringify([{ role: 'system', content: 'rule '.repeat(9000) }, ...talk]),
    );
    const { code, out } = await run('compact', 's.json', '--window', '4000', '--out', 'after.json', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'irreducible' });
  });

  it('says where it cannot write', async () => {
    await writeFile(join(directory, 's.json'), JSON.stringify(talk));
    const { code, error } = await run('compact', 's.json', '--out', 'no/such/folder/after.json');
    expect(code).toBe(2);
    expect(error).toMatch(/after\.json could not be written/u);
  });
});

describe('diff', () => {
  it('shows what a compaction would take away, and colours it for a person', async () => {
    await writeFile(join(directory, 's.json'), JSON.stringify(talk));
    const { code, out } = await run('diff', 's.json', '--window', '8000');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {4}0 {2}user\s+Question 0 .*summarized\s+0 {2}summary_v1$/mu);
    expect(out).toMatch(/inserted\s+\d+ {2}<COMPACT-SUMMARY v1>/u);
    expect(out.split('\n')).toHaveLength(talk.length + 2);
    expect(out).not.toContain('\u001B');
  });

  it('finds what the later list has broken', async () => {
    await writeFile(join(directory, 's.json'), JSON.stringify(talk));
    await writeFile(join(directory, 'after.json'), JSON.stringify(talk.slice(2)));
    const { code, out } = await run('diff', 's.json', 'after.json');
    expect(code).toBe(1);
    expect(out).toMatch(/after\.json: item 0: /u);
  });
});

describe('replay', () => {
  it('compares policies on sessions, and fails where it is told to', async () => {
    await writeFile(join(directory, 'a.json'), JSON.stringify(talk));
    await writeFile(join(directory, 'b.jsonl'), talk.map((item) => JSON.stringify(item)).join('\n'));
    await writeFile(join(directory, 'digest.yaml'), 'policy:\n  ladder: [digest]');
    const args = [
      'replay',
      'a.json',
      'b.jsonl',
      '--window',
      '8000',
      '--policy',
      'digest.yaml',
      '--policy',
      'window.yaml',
    ];
    expect((await run(...args)).code).toBe(2);
    await writeFile(join(directory, 'window.yaml'), 'policy:\n  ladder: [window]');
    const table = await run(...args);
    expect(table.code).toBe(0);
    expect(table.out.split('\n').filter((line) => /^[* ] {2}[ab]\.json/u.test(line))).toHaveLength(4);
    expect(table.out).toContain('held constant');
    const { code, out, error } = await run(
      ...args,
      '--fail-if',
      'compactions>0',
      '--fail-if',
      'over_budget>0',
      '--json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      rows: [
        { session: 'a.json', policy: 'digest.yaml' },
        { session: 'a.json', policy: 'window.yaml' },
        { session: 'b.jsonl', policy: 'digest.yaml' },
        { session: 'b.jsonl', policy: 'window.yaml' },
      ],
      failed: expect.arrayContaining(['a.json, digest.yaml: compactions>0']) as unknown,
    });
    expect(error).toContain('failed: a.json, digest.yaml: compactions>0');
  });

  it('tells the recorded bill beside the costs, and sends what it did to a viewer', async () => {
    const { items } = billedSession(
      Array.from({ length: 20 }, (_, index) => ({ added: 900, output: 50, isCold: index === 0 })),
    );
    await writeFile(join(directory, 'p.jsonl'), items.map((item) => JSON.stringify(item)).join('\n'));
    const host = await createHost({ port: 0, database: ':memory:' });
    try {
      const args = ['replay', 'p.jsonl', '--window', '9000', '--to', `${host.url}/ingest`];
      const { code, out, error } = await run(...args);
      expect(error).toMatch(/(\d+) of \1 spans were delivered to http/u);
      expect(code).toBe(0);
      expect(out).toMatch(/p\.jsonl as recorded: 20 calls, .*the cost model gives \$0\.\d\d \(\+0\.00 %\)/u);
      const page = (await (await fetch(`${host.url}/api/spans`)).json()) as {
        spans: { name: string; start: number; end: number }[];
      };
      const names = page.spans.map(({ name }) => name);
      expect(names.filter((name) => name === 'compact.run')).toHaveLength(20);
      expect(names.filter((name) => name === 'chat claude-sonnet-4-5')).toHaveLength(20);
      expect(names).toContain('compact.pruned_messages');
      const root = page.spans.find(({ name }) => name.startsWith('replay'));
      expect(root).toMatchObject({ start: 5000, end: 19 * 60_000 + 5000 });
    } finally {
      await host.close();
    }
  });

  it('refuses an address that is none', async () => {
    await writeFile(join(directory, 'a.json'), JSON.stringify(talk));
    expect(await run('replay', 'a.json', '--to', 'nowhere')).toMatchObject({
      code: 2,
      error: expect.stringContaining('--to expects a URL') as unknown,
    });
  });
});

describe('view', () => {
  it('serves the host until it is stopped', async () => {
    const { code, out } = await run('view', '--port', '0');
    expect(code).toBe(0);
    expect(out).toMatch(/The viewer is at http:\/\/127\.0\.0\.1:\d+/u);
  });

  it('says where it reads sessions from', async () => {
    const { code, out } = await run('view', '--port', '0', '--source', 'jaeger+http://127.0.0.1:1');
    expect(code).toBe(0);
    expect(out).toContain('It reads sessions from Jaeger (http://127.0.0.1:1).');
  });
});

describe('serve', () => {
  it('serves the engine until it is stopped', async () => {
    await writeFile(join(directory, 'own.yaml'), 'telemetry: { exporter: none }\nstorage: { adapter: none }');
    const { code, out } = await run('serve', '--port', '0', '--config', 'own.yaml');
    expect(code).toBe(0);
    expect(out).toMatch(/The engine is at http:\/\/127\.0\.0\.1:\d+\/v1\/responses\/compact/u);
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
