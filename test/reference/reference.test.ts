import { readFile, readdir } from 'node:fs/promises';
import {
  CompactionCompleted,
  CompactionFailed,
  CompactionPayload,
  CompactionStarted,
  MemoryCompacted,
  MetricsRow,
  OverflowRecovered,
} from '@clew/core';
import { GenAi, outcomes, records } from '@clew/semconv';
import type { RecordName } from '@clew/semconv';
import { CompactPolicy, ConfigFile, configSchema, variables } from 'clew';
import { commands, helpOf, overview } from 'compactctl';
import { expect, it } from 'vitest';
import { fieldsOf, typeOf } from './json-schema.ts';
import type { Field } from './json-schema.ts';
import { code, header, table } from './markdown.ts';

// The references are written from the schemas. `pnpm test -u` writes them; a reference that differs fails.

const policyDefaults = CompactPolicy.parse({});

it('the configuration reference says what the schema says', async () => {
  const named = new Map([...variables].map(([variable, path]) => [path.join('.'), variable]));
  const rows = fieldsOf(ConfigFile).map(({ path, node }) => {
    const name = path.join('.');
    return [
      code(name),
      typeOf(node),
      defaultOf(path, node.default),
      code(named.get(name) ?? ''),
      node.description ?? '',
    ];
  });
  expect(rows.every((cells) => cells[3] !== '``' && cells[4] !== '')).toBe(true);
  const text = [
    header('Configuration', "the schema of `clew`'s configuration"),
    'Code wins over the environment, which wins over the file, which wins over the defaults.\n',
    table(['field', 'type', 'default', 'variable', 'meaning'], rows),
    '',
  ].join('\n');
  await expect(text).toMatchFileSnapshot('../../docs/reference/configuration.md');
});

it('the schema for editors says what the schema says', async () => {
  const text = `${JSON.stringify(configSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../packages/clew/compact.schema.json');
});

it('the command line reference says what --help says', async () => {
  expect(commands.filter(({ flags }) => !('json' in flags))).toEqual([]);
  const text = [
    header('Command line', 'the `--help` of `compactctl`'),
    `\`\`\`text\n${overview(commands)}\n\`\`\`\n`,
    ...commands.map((command) => `## \`${command.name}\`\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`),
  ].join('\n');
  await expect(text).toMatchFileSnapshot('../../docs/reference/command-line.md');
});

it('the runbook has a section for each outcome', async () => {
  const runbook = await readFile(new URL('../../docs/operate/runbook.md', import.meta.url), 'utf8');
  const sections = [...runbook.matchAll(/^### (\w+)$/gmu)].map(([, name]) => name);
  expect(new Set(sections)).toEqual(new Set(outcomes));
});

it('each decision has one number, the same in its name, its head and the list', async () => {
  const folder = new URL('../../docs/decisions/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => /^\d/u.test(name));
  const list = await readFile(new URL('README.md', folder), 'utf8');
  const numbers = await Promise.all(
    names.map(async (name) => {
      const number = Number(name.slice(0, 4));
      const [head = ''] = (await readFile(new URL(name, folder), 'utf8')).split('\n');
      expect(head).toMatch(new RegExp(`^# ${number}\\. `, 'u'));
      expect(list).toContain(`](${name})`);
      return number;
    }),
  );
  expect(numbers).toEqual(names.map((_, index) => index + 1));
});

function defaultOf(path: readonly string[], value: unknown): string {
  const resolved = value ?? (path[0] === 'policy' ? policyDefault(path[1] ?? '') : undefined);
  return resolved === undefined ? '' : code(JSON.stringify(resolved));
}

function policyDefault(name: string): unknown {
  const camel = name.replace(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase());
  return (policyDefaults as Readonly<Record<string, unknown>>)[camel];
}

it('the telemetry reference says what the records say', async () => {
  const sections = (Object.keys(records) as RecordName[]).map((name) => {
    const rows = fieldsOf(records[name]).map((field) => [
      keyOf(field),
      attributeType(field),
      requirement(field),
    ]);
    return `## \`${name}\`\n\n${table(['attribute', 'type', ''], rows)}\n`;
  });
  const text = [
    header('Telemetry', 'the records of `@clew/semconv`'),
    'Every span of a run is a child of its `compact.run`, and ends when its step is done. In Ariadne the same record',
    'is the `data` of the span, with `output_text`, one sentence. Beside the record, `gen_ai.operation.name` is',
    '`compact`; the summariser’s call is an ordinary `chat {model}` span; the model call after a compaction carries',
    `\`${GenAi.conversationCompacted}\` = true and a link to the \`compact.run\`.\n`,
    ...sections,
  ].join('\n');
  await expect(text).toMatchFileSnapshot('../../docs/reference/telemetry.md');
});

it('the events reference says what the events say', async () => {
  const rowsOf = (fields: readonly Field[]) =>
    fields.map((field) => [
      code(field.path.join('.')),
      field.node.const === undefined ? typeOf(field.node) : code(constOf(field)),
      requirement(field),
      field.node.description ?? '',
    ]);
  const heads = ['field', 'type', '', 'meaning'];
  const events = [
    CompactionStarted,
    CompactionCompleted,
    CompactionFailed,
    OverflowRecovered,
    MemoryCompacted,
  ].map((schema) => {
    const fields = fieldsOf(schema);
    const type = fields.find(({ path }) => path.join('.') === 'type');
    const rows = rowsOf(fields.filter(({ path: [name] }) => name !== 'type' && name !== 'payload'));
    const hasPayload = fields.some(({ path: [name] }) => name === 'payload');
    const payload = hasPayload ? [[code('payload'), 'object', 'required', 'The payload, below.']] : [];
    expect(rows.every((cells) => cells[3] !== '')).toBe(true);
    return `## ${code(type === undefined ? '' : constOf(type))}\n\n${table(heads, [...rows, ...payload])}\n`;
  });
  const text = [
    header('Events', 'the schemas of `@clew/core`'),
    'The first four are told on `manager.events`; the last is a `context.compaction.completed` on the stream of a run, in',
    'server-sent events and in a log. There is no content in them: ids, names, counts.\n',
    ...events,
    `## The payload\n\n${table(heads, rowsOf(fieldsOf(CompactionPayload)))}\n`,
    `## A line of the metrics ledger\n\n${table(heads, rowsOf(fieldsOf(MetricsRow)))}\n`,
  ].join('\n');
  await expect(text).toMatchFileSnapshot('../../docs/reference/events.md');
});

function constOf({ node }: Field): string {
  return typeof node.const === 'string' ? node.const : JSON.stringify(node.const);
}

function keyOf({ path }: Field): string {
  return code(`compact.${path.join('.')}`);
}

function attributeType({ node }: Field): string {
  const isNested = node.type === 'array' && node.items?.properties !== undefined;
  return isNested ? 'JSON string' : typeOf(node);
}

function requirement({ isRequired }: Field): string {
  return isRequired ? 'required' : '';
}
