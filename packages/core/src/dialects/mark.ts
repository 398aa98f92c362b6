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

/** Without the mark, wherever it is, and without the objects that held nothing else. */
export function withoutMark(item: object, flag: string, places: MarkPlaces): object {
  if (!hasMark(item, flag, places)) return item;
  return places.reduce<Fields>((fields, path) => withoutMarkAt(fields, flag, path), fieldsOf(item));
}

function withoutMarkAt(fields: Fields, flag: string, path: readonly string[]): Fields {
  const [key, ...rest] = path;
  if (key === undefined) return fields[flag] === true ? omit(fields, flag) : fields;
  const holder = fields[key];
  if (!isFields(holder)) return fields;
  const left = withoutMarkAt(holder, flag, rest);
  if (left === holder) return fields;
  return Object.keys(left).length === 0 ? omit(fields, key) : { ...fields, [key]: left };
}

function omit(fields: Fields, key: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}
