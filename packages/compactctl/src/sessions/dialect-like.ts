import type { Dialect, Validity } from '@clew/core';

export type DialectParts = Pick<Dialect<object>, 'name' | 'replaceText' | 'message'> & {
  /** The item as the base format would have it: for reading alone. */
  readonly read: (item: object) => object;
};

/** A dialect for messages that say the same as those of another format, in fields of their own. */
export function dialectLike(
  base: Dialect<object> & Pick<Validity<object>, 'validate'>,
  { name, read: readAnew, replaceText, message }: DialectParts,
): Dialect<object> {
  // What is the same item must be the same when it is compared.
  const known = new WeakMap<object, object>();
  const read = (item: object) => {
    const made = known.get(item) ?? readAnew(item);
    known.set(item, made);
    return made;
  };
  return {
    name,
    inspect: (item) => base.inspect(read(item)),
    replaceText,
    message,
    hasFlag: base.hasFlag.bind(base),
    withoutFlag: base.withoutFlag.bind(base),
    validate: (items, input) => base.validate(items.map(read), input?.map(read)),
  };
}
