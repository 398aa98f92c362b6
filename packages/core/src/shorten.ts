/**
 * The head and the tail of a text with a note between them that says what is missing. The tail is kept because
 * errors stand at the end of an output.
 */
export function shorten(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const head = Math.ceil(maxCharacters * 0.6);
  const tail = Math.max(0, maxCharacters - head);
  const left = text.slice(0, wholeCharacters(text, head));
  const right = tail === 0 ? '' : text.slice(wholeCharacters(text, text.length - tail));
  return `${left}\n[… ${text.length - left.length - right.length} characters left out …]\n${right}`;
}

/** Steps back from the middle of a surrogate pair. */
function wholeCharacters(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}
