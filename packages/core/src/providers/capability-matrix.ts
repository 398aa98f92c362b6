import { anthropicCapabilities } from './anthropic-capabilities.ts';
import type { CapabilityRow } from './capability-row.ts';
import { googleCapabilities } from './google-capabilities.ts';
import { openaiCapabilities } from './openai-capabilities.ts';

/** What providers do with the context of their models, cell by cell with its sources. */
export const capabilityMatrix: readonly CapabilityRow[] = [
  ...openaiCapabilities,
  ...anthropicCapabilities,
  ...googleCapabilities,
];
