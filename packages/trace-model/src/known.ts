type Known<TFields> = { readonly [TKey in keyof TFields]?: Exclude<TFields[TKey], undefined> };

/** The fields whose value is known. What is unknown is absent, never `undefined` and never 0. */
export function known<TFields extends object>(fields: TFields): Known<TFields>;
export function known(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
