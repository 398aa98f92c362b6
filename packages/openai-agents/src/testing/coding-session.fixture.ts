import type { AgentInputItem } from '@openai/agents-core';
import { assistantMessage, functionCall } from '@openai/agents-core/testing';
import { toolResult, userMessage } from './item-histories.fixture.ts';

const modules = [
  'parser',
  'lexer',
  'resolver',
  'emitter',
  'cache',
  'watcher',
  'server',
  'client',
  'router',
  'store',
];

/** A source file as a tool would show it: numbered lines that differ from file to file. */
function sourceOf(module: string, lines: number): string {
  return Array.from({ length: lines }, (_, index) => {
    const name = `${module}${(index * 7) % 31}`;
    switch (index % 5) {
      case 0:
        return `${index + 1}\texport function ${name}(input: ${module}Input, limit = ${index * 13}): ${module}Result {`;
      case 1:
        return `${index + 1}\t  const pending = input.entries.filter((entry) => entry.weight > ${index});`;
      case 2:
        return `${index + 1}\t  if (pending.length === 0) return { ok: false, reason: '${name} has nothing to do' };`;
      case 3:
        return `${index + 1}\t  return { ok: true, value: pending.map(({ id }) => id).slice(0, limit) };`;
      default:
        return `${index + 1}\t}`;
    }
  }).join('\n');
}

function testRun(module: string, failed: number): string {
  const lines = Array.from(
    { length: 24 },
    (_, index) => ` ✓ src/${module}.test.ts > case ${index} (${index + 3} ms)`,
  );
  const failures = Array.from(
    { length: failed },
    (_, index) =>
      ` × src/${module}.test.ts > case ${90 + index}\n   AssertionError: expected ${index * 3} to be ${index * 5}\n    at src/${module}.ts:${40 + index}:17\n    at runTest (node_modules/runner/dist/index.js:1134:11)`,
  );
  return [...lines, ...failures, `Tests  ${failed} failed | 24 passed`].join('\n');
}

/**
 * A long coding session as the SDK keeps it: reasoning, parallel reads, searches, edits, test runs, answers. Some
 * 50,000 tokens in 210 items over 10 turns.
 */
export function codingSession(): AgentInputItem[] {
  let number = 0;
  const call = (
    name: string,
    input: Record<string, unknown>,
    output: string,
  ): [AgentInputItem, AgentInputItem] => {
    const callId = `call_${(number += 1)}`;
    return [functionCall(name, input, { callId }), toolResult(callId, output, name)];
  };
  return modules.flatMap((module, turn) => {
    const other = modules[(turn + 3) % modules.length] ?? module;
    const reads = [module, other].map((name) =>
      call('read_file', { path: `src/${name}.ts` }, sourceOf(name, 55)),
    );
    const steps = [
      call('grep', { pattern: `${module}Input`, path: 'src' }, grepOf(module)),
      call(
        'edit_file',
        { path: `src/${module}.ts`, find: `limit = ${turn}`, replace: 'limit = 100' },
        'Edited, 1 place.',
      ),
      call('run_command', { command: `vitest run src/${module}.test.ts` }, testRun(module, 3)),
      call('read_file', { path: `src/${module}.test.ts` }, sourceOf(`${module}Case`, 40)),
      call(
        'edit_file',
        { path: `src/${module}.ts`, find: 'entry.weight > 3', replace: 'entry.weight >= 3' },
        'Edited, 2 places.',
      ),
      call('run_command', { command: `vitest run src/${module}.test.ts` }, testRun(module, 0)),
    ];
    return [
      userMessage(
        `The ${module} drops entries when the limit is reached (ticket ENG-${410 + turn}). Find out why and fix it. ` +
          'Do not change the public types, and keep every test green.',
      ),
      {
        type: 'reasoning',
        id: `rs_${turn}`,
        content: [{ type: 'input_text', text: `The limit of ${module} is off by one.` }],
      },
      ...reads.map(([read]) => read),
      ...reads.map(([, result]) => result),
      ...steps.flatMap((step, index) => [
        ...(index % 3 === 2 ? [assistantMessage(`Next: step ${index + 1} of the ${module} fix.`)] : []),
        ...step,
      ]),
      assistantMessage(
        `Fixed in src/${module}.ts: the comparison left out entries whose weight equals the threshold. All tests pass.`,
      ),
    ];
  });
}

function grepOf(module: string): string {
  return Array.from(
    { length: 30 },
    (_, index) =>
      `src/${modules[index % modules.length] ?? ''}.ts:${index * 11 + 4}: import type { ${module}Input } from './${module}.ts';`,
  ).join('\n');
}
