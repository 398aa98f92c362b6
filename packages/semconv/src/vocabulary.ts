/** The words that records choose from, in order. The schemas of the same names say what each list is about. */

export const fates = ['kept', 'protected', 'trimmed', 'cleared', 'summarized', 'dropped'] as const;

export const categories = [
  'system',
  'developer',
  'tools',
  'protected',
  'summary',
  'user',
  'assistant',
  'reasoning',
  'tool_calls',
  'tool_results',
  'other',
] as const;

export const outcomes = [
  'compacted',
  'noop_below',
  'noop_nothing',
  'pruned_only',
  'restored',
  'fallback',
  'inflated',
  'empty',
  'invalid',
  'timeout',
  'aborted',
  'stale',
  'futile',
  'irreducible',
  'failed',
] as const;

export const factKinds = [
  'ask',
  'constraint',
  'decision',
  'open',
  'error',
  'failed_command',
  'url',
  'path',
  'id',
  'identifier',
] as const;
