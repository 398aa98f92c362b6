/** What a server does instead of its work. */
export type Fault = (
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** It reads the request and never answers. */
  | { readonly hang: true }
  /** It cuts the connection. */
  | { readonly reset: true }
) & {
  /** How many requests it happens to. Default 1. */
  readonly times?: number;
};

/** Faults in the order in which they were scripted. */
export class ScriptedFaults {
  readonly #faults: Fault[] = [];

  add(fault: Fault): void {
    for (let time = 0; time < (fault.times ?? 1); time += 1) {
      this.#faults.push(fault);
    }
  }

  next(): Fault | undefined {
    return this.#faults.shift();
  }

  clear(): void {
    this.#faults.length = 0;
  }
}
