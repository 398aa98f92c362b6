/** What a strategy tells the summariser: what to write, and one worked example. */
export type Template = {
  readonly task: string;
  readonly sections: readonly string[];
  readonly example: string;
};
