import { GenAi } from '@clew/semconv';
import { fixed, pass, promptTokens, type Simulation } from './simulation.ts';

/** Records the model call and the tools that it asked for. `compactedBy` is the span id of the run that cut its prompt. */
export function infer(simulation: Simulation, index: number, compactedBy: string | undefined): void {
  const { random, recorder, rootId, traceId } = simulation;
  const inputTokens = Math.round(promptTokens(simulation) * 1.012);
  const cached = compactedBy === undefined ? Math.round(inputTokens * 0.86) : fixed.system + fixed.tools;
  recorder.other(
    'chat gpt-5.2',
    {
      [GenAi.operationName]: 'chat',
      [GenAi.requestModel]: 'gpt-5.2',
      [GenAi.usageInputTokens]: inputTokens,
      [GenAi.usageOutputTokens]: random.between(90, 900),
      ...(index > 1 && { [GenAi.usageCacheReadInputTokens]: cached }),
      ...(compactedBy !== undefined && { [GenAi.conversationCompacted]: true }),
    },
    { parentId: rootId, ...pass(simulation, random.between(1_900, 14_000)) },
    compactedBy === undefined ? undefined : [{ traceId, id: compactedBy }],
  );
  for (let step = random.between(1, 3); step > 0; step -= 1) useTool(simulation);
}

function useTool(simulation: Simulation): void {
  const added = simulation.items.step();
  const tool = added.find((item) => item.tool !== undefined)?.tool ?? 'tool';
  simulation.recorder.other(
    `execute_tool ${tool}`,
    { [GenAi.operationName]: 'execute_tool', [GenAi.toolName]: tool },
    { parentId: simulation.rootId, ...pass(simulation, simulation.random.between(40, 4_200)) },
  );
  simulation.context.push(...added);
}
