/** Tools and conventions whose telemetry of compaction is public, and read here. */
export type ForeignTool = 'otel' | 'google_adk' | 'agent_framework' | 'claude_code' | 'codex' | 'gemini_cli';

/**
 * How it ended, as far as the tool tells. `marked`: a prompt is said to hold compacted history, and nothing of the
 * compaction itself.
 */
export type ForeignOutcome = 'compacted' | 'unchanged' | 'failed' | 'marked';

/** A compaction that another tool tells of. What it does not tell is absent, never 0 and never guessed. */
export type ForeignCompaction = {
  readonly tool: ForeignTool;
  readonly outcome: ForeignOutcome;
  readonly sessionId?: string;
  /** Epoch milliseconds. */
  readonly at?: number;
  readonly durationMillis?: number;
  /** In the tool's own words. */
  readonly trigger?: string;
  readonly strategy?: string;
  readonly error?: string;
  /** As the tool counts: most of these are its estimates. */
  readonly tokensBefore?: number;
  readonly tokensAfter?: number;
  /** In the tool's own unit: messages or events. */
  readonly itemsBefore?: number;
  readonly itemsAfter?: number;
  /** Items that the summary stands for. */
  readonly itemsSummarized?: number;
  readonly summaryCharacters?: number;
};

/** What a tool may tell of a compaction. */
export type ForeignField = Exclude<
  keyof ForeignCompaction,
  'tool' | 'outcome' | 'error' | 'sessionId' | 'at'
>;

const fields: readonly ForeignField[] = [
  'trigger',
  'strategy',
  'durationMillis',
  'tokensBefore',
  'tokensAfter',
  'itemsBefore',
  'itemsAfter',
  'itemsSummarized',
  'summaryCharacters',
];

/** The fields that the tool does not tell: shown as "not told". */
export function notTold(compaction: ForeignCompaction): readonly ForeignField[] {
  return fields.filter((field) => compaction[field] === undefined);
}
