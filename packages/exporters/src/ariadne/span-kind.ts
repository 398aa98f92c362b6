import { GenAi } from '@clew/semconv';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/**
 * What Ariadne draws an icon by: it looks for `handoff`, `tool` or `function`, and `llm`, `api` or `request`
 * within the kind, and takes a bot for everything else.
 */
export function kindOf(span: Pick<ReadableSpan, 'name' | 'attributes'>): string {
  if (span.name.startsWith('compact.')) {
    return 'compaction';
  }
  const operation = span.attributes[GenAi.operationName];
  const type = span.attributes['openai.agents.span_type'];
  return byOperation[String(operation)] ?? (typeof type === 'string' ? type : 'custom');
}

const byOperation: Readonly<Record<string, string>> = {
  invoke_workflow: 'workflow',
  invoke_agent: 'agent',
  create_agent: 'agent',
  execute_tool: 'tool',
  handoff: 'handoff',
  guardrail: 'guardrail',
  chat: 'llm',
  generate_content: 'llm',
  text_completion: 'llm',
  fetch_response: 'llm',
  embeddings: 'llm.embeddings',
  retrieval: 'retrieval',
};
