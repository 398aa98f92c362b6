import { fateMeanings, fateWords } from '../words.ts';
import type { Part } from './fate-parts.ts';

export const partWords: Record<Part, string> = {
  ...fateWords,
  fixed: 'Fixed',
  inserted: 'Inserted',
  unaccounted: 'Unaccounted',
};

export const partMeanings: Record<Part, string> = {
  ...fateMeanings,
  fixed: 'instructions, tool schemas and framing: outside of the list of items',
  inserted: 'the summary that was put in',
  unaccounted: 'was there before, and no fate was recorded for it',
};
