import { isNative, nativesIn, textOr } from './native.ts';
import type { Native } from './native.ts';
import type { SessionContent } from './session-format.ts';

type Opened = { readonly values: readonly unknown[] } & Pick<SessionContent, 'instructions' | 'tools'>;

/** Where a request body, or an export, has its messages. */
const listNames = ['messages', 'input', 'items', 'conversation', 'data'] as const;

/** The messages of what may be an array, or an object around one with a system prompt and tools beside it. */
export function openEnvelope(values: readonly unknown[]): Opened {
  const [only] = values;
  if (values.length !== 1) return { values };
  if (Array.isArray(only)) return { values: only as readonly unknown[] };
  if (!isNative(only) || 'role' in only) return { values };
  const name = listNames.find((candidate) => Array.isArray(only[candidate]));
  if (name === undefined) return { values };
  const instructions = textOr(only['instructions']) || systemOf(only);
  return {
    values: only[name] as readonly unknown[],
    ...(instructions === '' ? {} : { instructions }),
    ...(Array.isArray(only['tools']) ? { tools: only['tools'] } : {}),
  };
}

/** Anthropic's system prompt is a text, or blocks of text. */
function systemOf({ system }: Native): string {
  return textOr(
    system,
    nativesIn(system)
      .map(({ text }) => textOr(text))
      .join('\n'),
  );
}
