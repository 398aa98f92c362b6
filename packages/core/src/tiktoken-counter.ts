import type { Counter } from './counter.ts';
import { CompactError } from './errors.ts';
import { atOnce } from './in-slices.ts';
import { prepareEncoding, tiktokenEncoding, tiktokenEncodingNames } from './tiktoken-encoding.ts';
import type { TiktokenEncodingName } from './tiktoken-encoding.ts';

/** UTF-16 units to a step: of the slowest text, a millisecond or two. */
const unitsAtOnce = 4096;

export type TiktokenCounterOptions = {
  /** `o200k_base` for GPT-4o and newer (the default), `cl100k_base` for GPT-4, GPT-3.5 and embeddings. */
  readonly encoding?: TiktokenEncodingName | undefined;
};

/**
 * Counts with the tables of js-tiktoken, and to the token as it does, in n log n of the text's length whatever the
 * text is: only of a run of more than 1,024 letters, spaces or signs each such part is counted by itself.
 * What looks like a special token (`<|endoftext|>`) is plain text here, as it is for a provider.
 */
export class TiktokenCounter implements Counter {
  readonly name: string;
  readonly basis = 'tokenizer';
  readonly #encoding: TiktokenEncodingName;

  /** @throws CompactError `invalid_options` where the encoding is not one of the two */
  constructor({ encoding = 'o200k_base' }: TiktokenCounterOptions = {}) {
    if (!tiktokenEncodingNames.includes(encoding)) {
      throw new CompactError({
        code: 'invalid_options',
        message:
          `encoding must be one of ${tiktokenEncodingNames.join(', ')}, got ${encoding as string}. ` +
          'For another tokeniser pass your own Counter.',
      });
    }
    this.#encoding = encoding;
    this.name = `tiktoken:${encoding}`;
  }

  /** The counter for an OpenAI model's name; a model that is not known is taken to be a new one. */
  static forModel(model: string): TiktokenCounter {
    return new TiktokenCounter({ encoding: olderModels.test(model) ? 'cl100k_base' : 'o200k_base' });
  }

  /** Reads the table in slices; where it is not called, the first text waits for all of it. */
  prepare(signal?: AbortSignal): Promise<void> {
    return prepareEncoding(this.#encoding, signal);
  }

  count(text: string): number {
    return text === '' ? 0 : atOnce(this.countInSteps(text));
  }

  *countInSteps(text: string): Generator<void, number> {
    const { pattern, countPiece } = tiktokenEncoding(this.#encoding);
    let total = 0;
    let last = '';
    let lastTokens = 0;
    let held = 0;
    for (const [piece] of text.matchAll(pattern)) {
      // The parts of a run of one character are all the same.
      if (piece !== last) lastTokens = countPiece(piece);
      last = piece;
      total += lastTokens;
      held += piece.length;
      if (held < unitsAtOnce) continue;
      held = 0;
      yield;
    }
    return total;
  }
}

/** Also with what providers put before and behind: `ft:gpt-3.5-turbo:acme`, `openai/gpt-4-turbo`, `gpt-35-turbo`. */
const olderModels = /(?:^|[:/])(?:gpt-4(?![.\w])|gpt-3\.?5|text-embedding-(?:ada-002|3-))/;
