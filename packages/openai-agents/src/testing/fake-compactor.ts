import type { AgentItem, CompactResult, Compactor, PreflightRequest, Usage } from '@clew/core';

export type FakeStep =
  | Error
  | ((
      request: PreflightRequest<AgentItem>,
    ) => Partial<CompactResult<AgentItem>> | Promise<Partial<CompactResult<AgentItem>>>);

/** A strict engine: does what its steps say, and fails on a call that nobody planned. */
export class FakeCompactor implements Compactor<AgentItem> {
  readonly requests: PreflightRequest<AgentItem>[] = [];
  readonly reports: { readonly sessionId: string; readonly usage: Usage }[] = [];
  readonly #steps: FakeStep[];

  constructor(steps: readonly FakeStep[]) {
    this.#steps = [...steps];
  }

  /** An engine that never compacts. */
  static idle(calls: number): FakeCompactor {
    return new FakeCompactor(Array.from({ length: calls }, () => () => ({})));
  }

  async preflight(request: PreflightRequest<AgentItem>): Promise<CompactResult<AgentItem>> {
    this.requests.push(request);
    const step = this.#steps.shift();
    if (step === undefined) throw new Error(`Preflight ${this.requests.length} was not planned.`);
    if (step instanceof Error) throw step;
    return { ...untouched(request, this.requests.length), ...(await step(request)) };
  }

  async compact(): Promise<CompactResult<AgentItem>> {
    throw new Error('The seam never compacts by itself.');
  }

  reportUsage(sessionId: string, usage: Usage): void {
    this.reports.push({ sessionId, usage });
  }
}

const none = { kept: 0, protected: 0, trimmed: 0, cleared: 0, summarized: 0, dropped: 0 };

function untouched(request: PreflightRequest<AgentItem>, callIndex: number): CompactResult<AgentItem> {
  const { length } = request.items;
  return {
    id: `run-${callIndex}`,
    sessionId: request.sessionId,
    callIndex,
    sequence: 0,
    trigger: 'threshold',
    phase: 'preflight',
    outcome: 'noop_below',
    items: request.items,
    ledger: [],
    met: [],
    window: { limitTokens: 1000, reserveTokens: 0, triggerTokens: 850, targetTokens: 500 },
    tokens: {
      basis: 'estimate',
      before: 0,
      after: 0,
      fixed: 0,
      stayed: 0,
      inserted: 0,
      byFate: none,
      categoriesBefore: {},
      categoriesAfter: {},
    },
    count: { before: length, after: length, inserted: 0, byFate: { ...none, kept: length } },
    coverage: { seen: length, visible: length, summarized: 0, dropped: 0 },
    attempts: 0,
    steps: [],
    cache: { state: 'unknown', reason: 'not_reported', epoch: 1, prefixTokens: 0, rewrittenTokens: 0 },
    reapplied: 'none',
  };
}
