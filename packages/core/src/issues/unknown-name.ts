import { nearestName } from './nearest-name.ts';

/**
 * A sentence on a name that is not one of those that are known, with the one that was probably meant.
 *
 * @param name as it was written, with where
 * @param key the part of it that is not known
 */
export function unknownName(name: string, key: string, known: readonly string[]): string {
  const meant = nearestName(key, known);
  const hint = meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean ${meant}?`;
  return known.length === 0 ? `${name} is not known.` : `${name} is not known. ${hint}`;
}
