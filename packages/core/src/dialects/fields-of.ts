export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const none: Fields = {};

/** The fields of an object, and none of anything else: an odd item is read as an empty one. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : none;
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The first that is an id, which is a string that is not empty. */
export function idOf(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

/** A list of one or none, as views have them. */
export function listOf<TValue>(value: TValue | undefined): readonly TValue[] {
  return value === undefined ? [] : [value];
}
