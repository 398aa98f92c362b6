import { describe, expect, it } from 'vitest';
import { chat } from '../dialects/chat-dialect.ts';
import { anthropic } from '../dialects/anthropic-dialect.ts';
import { agents } from '../dialects/agents-dialect.ts';
import { responses } from '../dialects/responses-dialect.ts';
import type { Dialect } from '../dialect.ts';
import { categoryOf } from '../entry.ts';
import type { Entry } from '../entry.ts';
import { atOnce } from '../in-slices.ts';
import { conversation } from '../testing/conversation.ts';
import type { Fact } from './fact.ts';
import { gatherFacts } from './gather-facts.ts';
import { createTelling } from './told.ts';

function entriesOf(items: readonly object[], dialect: Dialect<object> = chat): readonly Entry<object>[] {
  const mark = { isProtected: false, isSummary: false };
  return items.map((item, ordinal) => {
    const view = dialect.inspect(item);
    return { item, view, id: `${ordinal}`, tokens: 1, category: categoryOf(view, mark), ordinal, ...mark };
  });
}

function gather(leaving: readonly Entry<object>[], carried: readonly Fact[] = []): readonly Fact[] {
  return [...atOnce(gatherFacts(createTelling(), { leaving, staying: [], carried })).facts.values()];
}

const told = (facts: readonly Fact[], kind: Fact['kind']) =>
  facts
    .filter((fact) => fact.kind === kind)
    .map(({ text, how }) => (how === undefined ? text : `${text} ${how}`));

const turn = (tool: string, input: object, output: string) => ({
  tool,
  input: JSON.stringify(input),
  output,
});

describe('the facts of a history', () => {
  it('say which file was touched, and how', () => {
    const facts = gather(
      entriesOf(
        conversation([
          {
            user: 'Go on, please, with the dates.',
            calls: [
              turn('read', { path: 'src/a.ts' }, 'ok'),
              turn('edit', { path: 'src/a.ts', oldText: 'x', newText: 'y' }, 'ok'),
              turn('write_file', { file_path: '/tmp/b c.txt', content: '' }, 'ok'),
              turn(
                'bash',
                { command: 'cd x && cat src/c.ts; rm src/d.ts | tee src/e.ts && node src/f.js' },
                'ok',
              ),
              turn('apply_patch', { input: '*** Update File: src/g.ts\n*** Delete File: src/h.ts\n' }, 'ok'),
            ],
          },
        ]),
      ),
    );
    expect(told(facts, 'path')).toEqual([
      'src/a.ts re',
      '/tmp/b c.txt w',
      'src/c.ts r',
      'src/d.ts d',
      'src/e.ts w',
      'src/f.js x',
      'src/g.ts e',
      'src/h.ts d',
    ]);
  });

  it('name the command that failed, and why', () => {
    const facts = gather(
      entriesOf(
        conversation([
          {
            user: 'Run the tests, all of them.',
            calls: [
              turn('bash', { command: 'pnpm test' }, 'ok\nError: expected 02:30, got 03:30\n\nexit code 1'),
              turn('bash', { command: 'pnpm build' }, 'done\nexit code 0'),
              turn('edit', { path: 'src/a.ts' }, 'Could not find the exact text in src/a.ts.\nexit code: 2'),
            ],
          },
        ]),
      ),
    );
    expect(told(facts, 'failed_command')).toEqual([
      'pnpm test → Error: expected 02:30, got 03:30',
      'edit src/a.ts → Could not find the exact text in src/a.ts.',
    ]);
    expect(told(facts, 'error')).toContain('Error: expected 02:30, got 03:30');
  });

  it('are not the errors that source code speaks of', () => {
    const source =
      '12\tthrow new Error("no");\n  catch (error) {\nexport class ParseError extends Error {}\n';
    const facts = gather(
      entriesOf(
        conversation([{ user: 'Read it, please.', calls: [turn('read', { path: 'a.ts' }, source)] }]),
      ),
    );
    expect(told(facts, 'error')).toEqual([]);
    expect(told(facts, 'failed_command')).toEqual([]);
  });

  it('are the asks, the demands in a long one, and what was decided and left open', () => {
    const paste = 'lorem ipsum dolor '.repeat(80);
    const facts = gather(
      entriesOf(
        conversation([
          {
            user: `Port the parser.\n${paste}\nIt must never need more than 200 ms.\n${paste}`,
            answer: 'Hello. The root cause is the time zone. Two tests still fail on Windows.',
          },
        ]),
      ),
    );
    expect(told(facts, 'ask')[0]?.startsWith('Port the parser. lorem')).toBe(true);
    expect(told(facts, 'constraint')).toEqual(['It must never need more than 200 ms.']);
    expect(told(facts, 'decision')).toEqual(['The root cause is the time zone.']);
    expect(told(facts, 'open')).toEqual(['Two tests still fail on Windows.']);
  });

  it('count who named them, how often and when, going on from what was carried', () => {
    const carried: Fact = {
      kind: 'identifier',
      text: 'parseDate',
      by: 'tool',
      count: 3,
      first: 0,
      last: 5,
    };
    const items = entriesOf(
      conversation([{ user: 'Rename parseDate to readDate, please.', answer: 'parseDate it was.' }]),
    );
    const later = items.map((entry, index) => ({ ...entry, ordinal: 20 + index }));
    const [fact] = gather(later, [carried]);
    expect(fact).toEqual({ ...carried, by: 'user', count: 5, last: 21 });
    expect(carried.count).toBe(3);
  });

  it('are the same in every format', () => {
    const input = { command: 'cat src/date.ts' };
    const call = JSON.stringify(input);
    const inFormat: readonly (readonly [Dialect<object>, readonly object[]])[] = [
      [
        chat,
        conversation([
          { user: 'Look at the dates.', calls: [{ tool: 'bash', input: call, output: 'useZone' }] },
        ]),
      ],
      [
        anthropic,
        [
          { role: 'user', content: 'Look at the dates.' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'bash', input }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'useZone' }] },
        ],
      ],
      [
        responses,
        [
          { role: 'user', content: 'Look at the dates.' },
          { type: 'function_call', call_id: 'c', name: 'bash', arguments: call },
          { type: 'function_call_output', call_id: 'c', output: 'useZone' },
        ],
      ],
      [
        agents,
        [
          { role: 'user', content: 'Look at the dates.' },
          { type: 'function_call', callId: 'c', name: 'bash', arguments: call },
          { type: 'function_call_result', callId: 'c', name: 'bash', status: 'completed', output: 'useZone' },
        ],
      ],
    ];
    for (const [dialect, items] of inFormat) {
      const read = gather(entriesOf(items, dialect)).map(({ kind, text, how }) =>
        [kind, text, how].join(' ').trim(),
      );
      expect([dialect.name, ...read]).toEqual([
        dialect.name,
        'ask Look at the dates.',
        'path src/date.ts r',
        'identifier useZone',
      ]);
    }
  });

  it('are read once from each item', () => {
    const telling = createTelling();
    const [entry] = entriesOf(conversation([{ user: 'Read src/a.ts, please.' }]));
    if (entry === undefined) throw new Error('no entry');
    let reads = 0;
    const view = new Proxy(entry.view, {
      get: (target, field, receiver) => {
        if (field === 'text') reads += 1;
        return Reflect.get(target, field, receiver) as unknown;
      },
    });
    const sources = { leaving: [{ ...entry, view }], staying: [], carried: [] };
    atOnce(gatherFacts(telling, sources));
    const once = reads;
    atOnce(gatherFacts(telling, sources));
    expect(once).toBeGreaterThan(0);
    expect(reads).toBe(once);
  });
});
