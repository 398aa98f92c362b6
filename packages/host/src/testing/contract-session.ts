import { randomBytes } from 'node:crypto';
import { GenAi, toAttributes, type RunRecord } from '@clew/semconv';
import type { SourceSpan } from '../source/trace-source.ts';

/** A session as an instrumented agent would send it, in OTel form, with ids that no other test has. */
export type ContractSession = {
  readonly id: string;
  readonly service: string;
  readonly traceIds: readonly string[];
  readonly spans: readonly SourceSpan[];
};

export type ContractSessionOptions = {
  readonly service: string;
  /** Epoch milliseconds of its beginning. */
  readonly start: number;
  readonly traces?: number;
  /** Further spans in its first trace. */
  readonly tools?: number;
  readonly outcome?: RunRecord['outcome'];
  readonly agent?: string;
  readonly model?: string;
};

export function hexId(bytes: 8 | 16): string {
  return randomBytes(bytes).toString('hex');
}

/** Each trace: an agent's turn, in it a run and the model call that it prepared; tools in the first. */
export function contractSession(options: ContractSessionOptions): ContractSession {
  const { service, start, traces = 1, tools = 1 } = options;
  const id = `session-${hexId(8)}`;
  const traceIds = Array.from({ length: traces }, () => hexId(16));
  const spans = traceIds.flatMap((traceId, index) =>
    turn({ ...options, id, traceId, at: start + index * 1000, tools: index === 0 ? tools : 0 }),
  );
  return { id, service, traceIds, spans };
}

type Turn = ContractSessionOptions & {
  readonly id: string;
  readonly traceId: string;
  readonly at: number;
  readonly tools: number;
};

function turn({
  id,
  traceId,
  at,
  tools,
  service,
  outcome,
  agent = 'coder',
  model = 'gpt-x',
}: Turn): readonly SourceSpan[] {
  const root = hexId(8);
  const runId = hexId(8);
  const common = { traceId, service, source: 'otlp', kind: 'internal' } as const;
  const record = runRecord(id, { outcome: outcome ?? 'compacted', agent, model });
  return [
    {
      ...common,
      id: root,
      name: `invoke_agent ${agent}`,
      start: at,
      end: at + 900,
      attrs: { [GenAi.agentName]: agent, [GenAi.operationName]: 'invoke_agent' },
    },
    {
      ...common,
      id: runId,
      parentId: root,
      name: 'compact.run',
      start: at + 1,
      end: at + 100.125,
      attrs: toAttributes('compact.run', record),
    },
    {
      ...common,
      id: hexId(8),
      parentId: root,
      kind: 'client',
      name: `chat ${model}`,
      start: at + 101,
      end: at + 800,
      status: 'ok',
      attrs: {
        [GenAi.operationName]: 'chat',
        [GenAi.requestModel]: model,
        [GenAi.usageInputTokens]: 1234,
        'contract.ratio': 0.25,
        'contract.isBig': true,
        'contract.list': ['a', 'b'],
        'contract.text': 'line\n"quoted" \\ ü 日本 🧵 {x:1} \'; DROP TABLE otel_traces; --',
      },
      links: [{ traceId, spanId: runId, id: runId }],
    },
    ...Array.from({ length: tools }, (_, index): SourceSpan => ({
      ...common,
      id: hexId(8),
      parentId: root,
      name: 'execute_tool read_file',
      start: at + 200 + index / 8,
      end: at + 201 + index / 8,
      status: 'error',
      statusMessage: 'no such file',
      attrs: {
        [GenAi.toolName]: 'read_file',
        'otel.events': [{ name: 'exception', time: at + 200.5, attrs: { 'exception.type': 'ENOENT' } }],
      },
    })),
  ];
}

function runRecord(
  sessionId: string,
  { outcome, agent, model }: Pick<RunRecord, 'outcome'> & { agent: string; model: string },
): RunRecord {
  const left = outcome === 'compacted' ? 4 : 0;
  return {
    schema_version: 1,
    id: `run-${hexId(8)}`,
    session_id: sessionId,
    call_index: 7,
    sequence: 1,
    model,
    agent,
    trigger: 'threshold',
    phase: 'preflight',
    outcome,
    attempts: 1,
    steps: ['clear_tool_results', 'summarize'],
    reapplied: 'none',
    window: { limit: 1000, reserve: 100, trigger: 850, target: 500 },
    tokens: {
      basis: 'tokenizer',
      before: 900,
      after: 900 - left * 100,
      fixed: 100,
      kept: 400,
      protected: 0,
      trimmed: 0,
      cleared: 0,
      summarized: 400,
      dropped: 0,
      stayed: 400,
      inserted: left === 0 ? 400 : 0,
    },
    count: {
      before: 8,
      after: 8 - left,
      kept: 4,
      protected: 0,
      trimmed: 0,
      cleared: 0,
      summarized: 4,
      dropped: 0,
      inserted: left === 0 ? 4 : 0,
    },
    before: { system: 100, user: 800 },
    after: { system: 100, user: 800 - left * 100 },
    coverage: { seen: 8, visible: 8 - left, summarized: left, dropped: 0 },
  };
}
