import type { FactKind } from './fact.ts';

/** How a kind of fact stands in a sheet. */
export type SheetSection = {
  readonly title: string;
  readonly form: 'line' | 'word' | 'path';
  /** The share of the sheet that it may always take, and the largest that it may take of what others leave. */
  readonly share: number;
  readonly most: number;
};

export const sheetSections: Readonly<Record<FactKind, SheetSection>> = {
  ask: { title: 'Asked', form: 'line', share: 0.18, most: 0.3 },
  constraint: { title: 'Demanded', form: 'line', share: 0.06, most: 0.1 },
  decision: { title: 'Decided or found', form: 'line', share: 0.07, most: 0.1 },
  open: { title: 'Left open', form: 'line', share: 0.04, most: 0.06 },
  error: { title: 'Errors', form: 'line', share: 0.05, most: 0.08 },
  failed_command: { title: 'Failed commands', form: 'line', share: 0.06, most: 0.1 },
  url: { title: 'URLs', form: 'line', share: 0.08, most: 1 },
  path: { title: 'Files', form: 'path', share: 0.3, most: 1 },
  id: { title: 'Ids', form: 'word', share: 0.04, most: 0.25 },
  identifier: { title: 'Identifiers', form: 'word', share: 0.12, most: 1 },
};

/** Who gets what is left over, in turn. */
export const heirs = [
  'path',
  'url',
  'identifier',
  'ask',
  'constraint',
  'failed_command',
  'error',
  'decision',
  'open',
  'id',
] as const satisfies readonly FactKind[];
