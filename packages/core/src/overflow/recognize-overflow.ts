import type { Overflow } from './overflow.ts';
import { otherRefusals } from './other-refusals.ts';
import { overflowCodes } from './overflow-codes.ts';
import { overflowPatterns } from './overflow-patterns.ts';
import { readError } from './read-error.ts';
import type { ReadError } from './read-error.ts';

/** Statuses that never mean a prompt which is too long: keys, payment, rights, names, rates, and the server's load. */
const otherStatuses: ReadonlySet<number> = new Set([
  401, 402, 403, 404, 405, 408, 409, 429, 502, 503, 504, 529,
]);

/**
 * Whether an error says that the prompt was too long for the model, and what it says of the sizes. Reads what SDKs
 * and gateways make of a provider's answer: status, code, type, message, nested errors, causes and JSON bodies.
 *
 * A provider that cuts a prompt in silence, as Ollama and some servers do by default, gives no error: nothing of
 * that can be recognised here. Tell the manager the window that the server really has.
 *
 * @returns `undefined` for anything else, also for limits of rate, quota, billing and the answer's own length
 */
export function recognizeOverflow(error: unknown): Overflow | undefined {
  const read = readError(error);
  if (read.codes.includes('aborterror')) return undefined;
  const code = read.codes.find((name) => Object.hasOwn(overflowCodes, name));
  // A code is exact. Words may be quoted, and a status may belong to a proxy.
  if (code === undefined) {
    if (read.statuses.some((status) => otherStatuses.has(status))) return undefined;
    if ([...read.codes, ...read.texts].some(isOtherRefusal)) return undefined;
  }
  const worded = findWording(read);
  if (worded !== undefined) return worded;
  if (code !== undefined) return { pattern: code, kind: overflowCodes[code] ?? 'tokens', ...counted(read) };
  return read.statuses.includes(413) ? { pattern: 'status_413', kind: 'bytes' } : undefined;
}

function isOtherRefusal(text: string): boolean {
  return otherRefusals.some((wording) => wording.test(text));
}

function findWording(read: ReadError): Overflow | undefined {
  for (const { name, wording, kind = 'tokens' } of overflowPatterns) {
    for (const text of read.texts) {
      const found = wording.exec(text);
      if (found !== null) return { pattern: name, kind, ...numbersOf(found.groups ?? {}), ...counted(read) };
    }
  }
  return undefined;
}

type Numbers = Pick<Overflow, 'limitTokens' | 'promptTokens' | 'outputTokens'>;

/** llama.cpp tells its numbers beside the message. */
function counted({ counts }: ReadError): Numbers {
  return numbers(counts['n_ctx'], counts['n_prompt_tokens'], undefined);
}

function numbersOf(groups: Readonly<Record<string, string | undefined>>): Numbers {
  const read = (name: string) => {
    const digits = groups[name]?.replaceAll(',', '');
    return digits === undefined ? undefined : Number(digits);
  };
  const output = read('output');
  const total = read('total');
  const prompt = read('prompt') ?? (total === undefined ? undefined : total - (output ?? 0));
  return numbers(read('limit'), prompt, output);
}

/** Only what can be: a limit of nothing is none. */
function numbers(limit = 0, prompt = 0, output = 0): Numbers {
  return {
    ...(limit > 0 ? { limitTokens: limit } : {}),
    ...(prompt > 0 ? { promptTokens: prompt } : {}),
    ...(output > 0 ? { outputTokens: output } : {}),
  };
}
