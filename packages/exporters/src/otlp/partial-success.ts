import { z } from 'zod';

/** What a receiver says it did not take, though it took the request: never to be sent again. */
export type PartialSuccess = { readonly rejected: number; readonly message: string };

const none: PartialSuccess = { rejected: 0, message: '' };

const JsonResponse = z.object({
  partialSuccess: z.object({
    rejectedSpans: z.coerce.number().int().nonnegative().default(0),
    errorMessage: z.string().default(''),
  }),
});

/** Reads an ExportTraceServiceResponse, as JSON or as Protocol Buffers: servers do not always answer as they were asked. */
export function partialSuccessOf(body: Buffer): PartialSuccess {
  return body[0] === openingBrace ? fromJson(body) : (fromProto(body) ?? none);
}

const openingBrace = 0x7b;

function fromJson(body: Buffer): PartialSuccess {
  try {
    const { partialSuccess } = JsonResponse.parse(JSON.parse(body.toString('utf8')));
    return { rejected: partialSuccess.rejectedSpans, message: partialSuccess.errorMessage };
  } catch {
    return none;
  }
}

/** `partial_success = 1 { int64 rejected_spans = 1; string error_message = 2 }`. */
function fromProto(body: Buffer): PartialSuccess | undefined {
  const outer = fieldsOf(body);
  const inner = outer?.find(({ field, bytes }) => field === 1 && bytes !== undefined)?.bytes;
  const fields = inner && fieldsOf(inner);
  return (
    fields && {
      rejected: fields.find(({ field }) => field === 1)?.number ?? 0,
      message: fields.find(({ field }) => field === 2)?.bytes?.toString('utf8') ?? '',
    }
  );
}

type Field = { readonly field: number; readonly number: number; readonly bytes: Buffer | undefined };

/** The fields of a message of varints and of bytes; `undefined` where it is none. */
function fieldsOf(message: Buffer): readonly Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 10; shift += 1) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * 128 ** shift;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < message.length) {
    const tag = varint();
    const wire = tag % 8;
    if (wire !== 0 && wire !== 2) {
      return undefined;
    }
    const number = varint();
    const bytes = wire === 2 ? message.subarray(at, at + number) : undefined;
    at += bytes?.length ?? 0;
    fields.push({ field: Math.floor(tag / 8), number, bytes });
  }
  return fields;
}
