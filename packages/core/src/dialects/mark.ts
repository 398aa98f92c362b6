import { fieldsOf, isFields } from './fields-of.ts';
import type { Fields } from './fields-of.ts';

/** Where a format lets a caller put a mark: the path of each object that may hold it, `[]` for the item itself. */
export type MarkPlaces = readonly (readonly string[])[];

/** Whether `flag` is `true` in one of the places. */
export function hasMark(item: unknown, flag: string, places: MarkPlaces): boolean {
  return places.some((path) => {
    const holder = path.reduce<unknown>((value, key) => fieldsOf(value)[key], item);
    return fieldsOf(holder)[flag] === true;
  });
}

/**
 * Without the flag, wherever it is and whatever its value, and without the objects that held nothing else: an item
 * that says `protected: false` is not protected, and the provider has no such field either.
 */
export function withoutMark(item: object, flag: string, places: MarkPlaces): object {
  return places.reduce<object>((fields, path) => withoutMarkAt(fields, flag, path), item);
}

function withoutMarkAt(item: object, flag: string, path: readonly string[]): object {
  const fields = fieldsOf(item);
  const [key, ...rest] = path;
  if (key === undefined) return Object.hasOwn(fields, flag) ? omit(fields, flag) : item;
  const holder = fields[key];
  if (!isFields(holder)) return item;
  const left = withoutMarkAt(holder, flag, rest);
  if (left === holder) return item;
  return Object.keys(left).length === 0 ? omit(fields, key) : { ...fields, [key]: left };
}

function omit(fields: Fields, key: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}
