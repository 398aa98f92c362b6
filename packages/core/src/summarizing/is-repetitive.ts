const windowCharacters = 12;
const minCharacters = 400;
/** Of the windows of a text, the share that must be different. Prose has nine in ten, a table of paths one in two. */
const leastDistinct = 0.2;

/** Whether a text goes round in circles, as a whole or at its end: what a model does that has lost its way. */
export function isRepetitive(text: string): boolean {
  const plain = text.replace(/\s+/gu, ' ').trim();
  return circles(plain) || circles(plain.slice(-2 * minCharacters)) || circles(plain.slice(-minCharacters));
}

/** Works for any script: it looks at characters, not at words. */
function circles(text: string): boolean {
  if (text.length < minCharacters) return false;
  const windows = text.length - windowCharacters + 1;
  const distinct = new Set<string>();
  for (let index = 0; index < windows; index += 1) distinct.add(text.slice(index, index + windowCharacters));
  return distinct.size / windows < leastDistinct;
}
