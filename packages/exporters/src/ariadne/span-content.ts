import { GenAi } from '@clew/semconv';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';

/** What Ariadne shows of a text before somebody asks for more. */
const maxLength = 4000;

const Parts = z.array(
  z.looseObject({
    type: z.string(),
    content: z.string().optional().catch(undefined),
    name: z.string().optional().catch(undefined),
    arguments: z.unknown().optional(),
  }),
);
const Messages = z.array(z.looseObject({ parts: Parts }));

/** The content that a span carries, where it was captured: what a model answered or a tool returned. */
export function contentOf(span: Pick<ReadableSpan, 'attributes'>): string | undefined {
  const result = span.attributes[GenAi.toolCallResult];
  const text = typeof result === 'string' ? result : answer(span.attributes[GenAi.outputMessages]);
  return text === '' ? undefined : text?.slice(0, maxLength);
}

function answer(json: unknown): string | undefined {
  if (json === undefined) {
    return undefined;
  }
  const messages = Messages.safeParse(parse(json));
  if (!messages.success) {
    return undefined;
  }
  const parts = messages.data.flatMap((message) => message.parts);
  return parts.map(partText).filter(Boolean).join('\n\n');
}

function partText(part: z.infer<typeof Parts>[number]): string {
  if (part.type === 'tool_call') {
    const input =
      typeof part.arguments === 'string' ? part.arguments : (JSON.stringify(part.arguments) ?? '');
    return `(tool call) ${part.name ?? 'unnamed'}(${input})`;
  }
  return part.content ?? '';
}

function parse(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}
