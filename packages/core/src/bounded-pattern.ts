/**
 * The longest run that a pattern takes in one piece. Words, numbers and rules of ordinary text are far below it,
 * so that their pieces are those of the original pattern; a longer run is taken in parts.
 */
const longestRun = 1024;

/**
 * A pre-tokenisation pattern whose loops end: on hostile text an unbounded one needs memory for each character of
 * a run, and hands out pieces of any size. It is a `u` pattern, so that no piece cuts a surrogate pair.
 *
 * @param source a pattern whose `+` and `*` are all quantifiers, as in the encodings that we read
 */
export function boundedPattern(source: string, limit: number = longestRun): RegExp {
  return new RegExp(source.replaceAll('+', `{1,${limit}}`).replaceAll('*', `{0,${limit}}`), 'gu');
}
