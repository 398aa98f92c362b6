/** A rule of a provider that a list of items breaks. */
export type Defect = {
  /** The position of the item that is wrong. */
  readonly index: number;
  /** The rule's name, as `call_without_result`. */
  readonly rule: string;
  readonly message: string;
};
