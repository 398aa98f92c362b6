import { Agent, Runner } from '@openai/agents';
import { clew } from 'clew';

const { runConfig, shutdown } = await clew({ model: 'gpt-5', maxContextTokens: 128_000 });

const agent = new Agent({ name: 'Coder', instructions: 'You fix bugs.' });
const result = await new Runner(runConfig).run(agent, 'Why does the date test fail?');

console.log(result.finalOutput);
await shutdown();
