import { quietly } from './quietly.ts';

/** Whether content (summaries, previews, messages, what an error quotes) may leave the process. */
export type Capture = 'none' | 'redacted' | 'full';

export type Redacted = { readonly text: string; readonly count: number };

/** Takes the secrets out of a text. `count` is the number of places that were replaced. */
export type Redact = (text: string) => Redacted;

export type ContentOptions = {
  /** Default `redacted`, which lets nothing leave where there is no `redact`. */
  readonly capture?: Capture | undefined;
  readonly redact?: Redact | undefined;
};

/** What may leave of a text; `undefined` where nothing may. */
export type ContentGate = (text: string) => Redacted | undefined;

export function contentGate({ capture = 'redacted', redact }: ContentOptions): ContentGate {
  if (capture === 'full') return (text) => ({ text, count: 0 });
  if (capture === 'none' || redact === undefined) return () => undefined;
  return (text) => quietly(() => redact(text));
}
