/** What happens to one entry. An entry without a change is kept, or protected. */
export type Change =
  | {
      readonly fate: 'trimmed' | 'cleared';
      readonly text: string;
      readonly tokens: number;
      readonly reason: string;
    }
  | { readonly fate: 'summarized' | 'dropped'; readonly reason: string };

/** By position in the context. */
export type Changes = ReadonlyMap<number, Change>;
