import { z } from 'zod';

/** What a fact is; in the order in which a sheet lists them. */
export const factKinds = [
  'ask',
  'constraint',
  'decision',
  'open',
  'error',
  'failed_command',
  'url',
  'path',
  'id',
  'identifier',
] as const;
export const FactKind = z.enum(factKinds);
export type FactKind = z.infer<typeof FactKind>;

/** Who named it; where several did, the one whose word weighs most. */
export const speakers = ['tool', 'assistant', 'user'] as const;
export type Speaker = (typeof speakers)[number];

/** Something that an item says and that may be needed again, word for word. Plain data, carried from sheet to sheet. */
export const Fact = z.object({
  kind: FactKind,
  text: z.string(),
  /** How a file was touched: any of `r` read, `w` written, `e` edited, `d` deleted, `x` run, in this order. */
  how: z.string().exactOptional(),
  by: z.enum(speakers),
  /** Items that named it. */
  count: z.number(),
  /** The ordinals of the first and of the last item that did. */
  first: z.number(),
  last: z.number(),
});
export type Fact = z.infer<typeof Fact>;

/** A fact as one item tells it. */
export type Mention = Pick<Fact, 'kind' | 'text' | 'how'> & {
  /** `factKey` of it, made once: words are said again and again. */
  readonly key: string;
};

export function mentionOf(kind: FactKind, text: string, how?: string): Mention {
  const key = factKey({ kind, text });
  return how === undefined ? { kind, text, key } : { kind, text, key, how };
}

/** The same fact has the same key, whoever tells it. */
export function factKey({ kind, text }: Pick<Fact, 'kind' | 'text'>): string {
  return `${kind} ${text}`;
}
