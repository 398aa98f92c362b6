/**
 * Whether two values are the same JSON, key for key in the same order: a copy of a value, as a caller has it who
 * reads the history anew for each call. What is not plain (a date, an instance of a class) is the same as itself only.
 */
export function isSameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left)) return Array.isArray(right) && isSameList(left, right);
  return isPlain(left) && isPlain(right) && isSameFields(left, right);
}

function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((value, index) => isSameJson(value, right[index]));
}

function isSameFields(left: Fields, right: Fields): boolean {
  const keys = Object.keys(left);
  const others = Object.keys(right);
  return (
    keys.length === others.length &&
    keys.every((key, index) => key === others[index] && isSameJson(left[key], right[key]))
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isPlain(value: object): value is Fields {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
