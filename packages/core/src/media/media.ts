/** A picture, a file, a sound or a film in an item: what can be told of it without decoding it. */
export type Media = {
  readonly kind: 'image' | 'file' | 'audio' | 'video';
  /** In pixels, where the bytes are in the item and their header says so. */
  readonly width?: number;
  readonly height?: number;
  /** How closely an OpenAI model is to look: `low`, `high`, `original` or `auto`. */
  readonly detail?: string;
  /** Of the decoded content, where it is in the item. */
  readonly byteCount?: number;
  /** As in `application/pdf`, or a sound's format, as `wav`. */
  readonly mediaType?: string;
  /** A file's name, where it has one. */
  readonly name?: string;
};
