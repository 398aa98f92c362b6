import type { Archive } from '../archive.ts';
import { CompactError } from '../errors.ts';
import type { SessionStore } from '../session-store.ts';
import type { Summarizer, SummaryDraft, SummaryRequest } from '../summarizer.ts';
import { hostileTexts } from './hostile-texts.fixture.ts';
import { writtenSummary } from './written-summary.ts';

/** What a summariser may do when it is asked. */
export const summaryManners = ['good', 'long', 'empty', 'refused', 'throws', 'hangs', 'hostile'] as const;
export type SummaryManner = (typeof summaryManners)[number];

/** Answers in the manners given, over and over; `onAsked` is told before each. */
export function mannered(manners: readonly SummaryManner[], onAsked: () => void = () => {}): Summarizer {
  let asked = 0;
  return {
    name: 'mannered',
    summarize: (request, signal) => {
      const manner = manners[asked % manners.length] ?? 'good';
      asked += 1;
      onAsked();
      return answer(manner, request, signal);
    },
  };
}

async function answer(
  manner: SummaryManner,
  { prompt, maxTokens, strategy }: SummaryRequest,
  signal: AbortSignal,
): Promise<SummaryDraft> {
  switch (manner) {
    case 'good':
      return { text: writtenSummary(`Go on. ${prompt.length} characters were read.`, strategy) };
    case 'long':
      return { text: 'much too long '.repeat(maxTokens) };
    case 'empty':
      return { text: ' \n' };
    case 'refused':
      return { text: 'I cannot help with that.', refused: true };
    case 'throws':
      throw new CompactError({ code: 'summarizer_failed', message: 'The model is down.' });
    case 'hangs':
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true }),
      );
    case 'hostile':
      return {
        text: hostileTexts
          .slice(prompt.length % 7)
          .join('\n')
          .slice(0, 160),
      };
  }
}

export const archiveManners = ['none', 'good', 'fails', 'fails but is required'] as const;
export type ArchiveManner = (typeof archiveManners)[number];

/** An archive that can be told to fail, and what it was given. */
export function archiveOf(manner: ArchiveManner): Archive | undefined {
  if (manner === 'none') return undefined;
  return {
    name: 'fickle',
    store: ({ sequence, step }) =>
      manner === 'good'
        ? Promise.resolve({ location: `${sequence}/${step}` })
        : Promise.reject(new Error('The disk is full.')),
  };
}

/** Keeps sessions as text, as a database does: what comes back is never what was put in. */
export class JsonStore implements SessionStore {
  readonly #texts = new Map<string, string>();

  load(sessionId: string): Promise<unknown> {
    const text = this.#texts.get(sessionId);
    return Promise.resolve(text === undefined ? undefined : JSON.parse(text));
  }

  save(sessionId: string, state: unknown): Promise<void> {
    this.#texts.set(sessionId, JSON.stringify(state));
    return Promise.resolve();
  }
}
