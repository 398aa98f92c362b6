import { fieldWords, type Decision } from './policy-field.ts';

/** A field that two decisions were made with different values of. */
export type PolicyDifference = { readonly field: string; readonly from: string; readonly to: string };

/** What differs between the policies and windows of two decisions, by the name of the field. */
export function policyDifferences(from: Decision, to: Decision): readonly PolicyDifference[] {
  const [a, b] = [fieldsOf(from), fieldsOf(to)];
  return [...new Set([...a.keys(), ...b.keys()])]
    .toSorted((left, right) => left.localeCompare(right))
    .map((field) => ({ field, from: fieldWords(a.get(field)), to: fieldWords(b.get(field)) }))
    .filter((difference) => difference.from !== difference.to);
}

function fieldsOf({ policy, window }: Decision): ReadonlyMap<string, unknown> {
  const effective = Object.entries(window).map(([name, value]) => [`window.${name}`, value] as const);
  return new Map<string, unknown>([...Object.entries(policy), ...effective]);
}
