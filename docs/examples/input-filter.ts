import { Runner } from '@openai/agents';
import { clew, compactInputFilter } from 'clew';

const { manager, bridge } = await clew({ model: 'gpt-5', maxContextTokens: 128_000 });

export const runner = new Runner({ callModelInputFilter: compactInputFilter({ manager, bridge }) });
