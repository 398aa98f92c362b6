import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { EncodedSpan } from '../delivery/encoded-span.ts';
import type { WireFormat } from '../delivery/http-delivery.ts';
import type { Answer } from '../delivery/http-poster.ts';
import { judgeAnswer } from '../delivery/judge-answer.ts';
import type { OtlpEncoding, SpanGroup } from './otlp-encoding.ts';
import { partialSuccessOf } from './partial-success.ts';

const compress = promisify(gzip);

/** OTLP over HTTP. Away from the loop, since compressing a megabyte takes milliseconds. */
export function otlpFormat(encoding: OtlpEncoding, isCompressed: boolean): WireFormat {
  return {
    body: (spans) => {
      const request = encoding.request(grouped(spans));
      return isCompressed ? compress(request, { level: 1 }) : request;
    },
    judge: (answer, now) => withRejections(judgeAnswer(answer, now), answer),
    // A span has no text that may be cut without its owner's leave.
    shrink: () => undefined,
    order: (batch) => batch,
  };
}

function withRejections(verdict: ReturnType<typeof judgeAnswer>, answer: Answer): typeof verdict {
  if (verdict.kind !== 'delivered' || !('body' in answer)) {
    return verdict;
  }
  const { rejected, message } = partialSuccessOf(answer.body);
  return { kind: 'delivered', rejected, why: message };
}

function grouped(spans: readonly EncodedSpan[]): readonly SpanGroup[] {
  const groups = new Map<Buffer, Buffer[]>();
  for (const { group, bytes } of spans) {
    const own = groups.get(group);
    if (own === undefined) {
      groups.set(group, [bytes]);
    } else {
      own.push(bytes);
    }
  }
  return [...groups].map(([group, own]) => ({ group, spans: own }));
}
