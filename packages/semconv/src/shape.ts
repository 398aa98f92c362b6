/** What a single value may be. */
export type ScalarShape = keyof typeof scalars;

/**
 * What a value of a record looks like: a scalar, one of several texts, a list, an object with named members, or an
 * object whose keys are of a closed set. A member whose name ends in `?` may be absent.
 */
export type Shape =
  | ScalarShape
  | readonly string[]
  | { readonly list: Shape }
  | { readonly members: Readonly<Record<string, Shape>>; readonly isLoose?: true }
  | { readonly keys: readonly string[]; readonly values: Shape };

const isNumber = (value: unknown): value is number => Number.isFinite(value);

/** Each scalar: whether a value is one, and how to name it to people. */
export const scalars = {
  text: [(value: unknown) => typeof value === 'string', 'a text'],
  flag: [(value: unknown) => typeof value === 'boolean', 'true or false'],
  number: [isNumber, 'a number'],
  count: [(value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0, 'a whole number, 0 or more'],
  ordinal: [(value: unknown) => Number.isSafeInteger(value) && Number(value) > 0, 'a whole number above 0'],
  amount: [(value: unknown) => isNumber(value) && value >= 0, 'a number, 0 or more'],
  positive: [(value: unknown) => isNumber(value) && value > 0, 'a number above 0'],
  share: [(value: unknown) => isNumber(value) && value >= 0 && value <= 1, 'a number from 0 to 1'],
} as const satisfies Record<string, readonly [(value: unknown) => boolean, string]>;
