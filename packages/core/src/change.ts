/** What an edit is made to: the text of the item, its pictures and files, or the arguments of its calls. */
export type EditedPart = 'text' | 'media' | 'input';

/** What happens to one entry. An entry without a change is kept, or protected. */
export type Change =
  | {
      readonly fate: 'trimmed' | 'cleared';
      /** Default: `text`. */
      readonly part?: EditedPart;
      /** The text that the item has then. */
      readonly text: string;
      readonly tokens: number;
      readonly reason: string;
    }
  | { readonly fate: 'summarized' | 'dropped'; readonly reason: string };

/** By position in the context. */
export type Changes = ReadonlyMap<number, Change>;
