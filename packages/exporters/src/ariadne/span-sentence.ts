import { GenAi } from '@clew/semconv';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import { kindOf } from './span-kind.ts';

/** One line for people about a span that is not ours: what Ariadne's inspector shows first. */
export function sentenceOf(span: ReadableSpan): string {
  const facts = describe(span);
  if (span.status.code !== SpanStatusCode.ERROR) {
    return facts;
  }
  const type = text(span, 'error.type') ?? 'Error';
  const message = span.status.message ? `: ${span.status.message}` : '';
  return `ERROR ${type}${message} (${facts})`;
}

function describe(span: ReadableSpan): string {
  switch (kindOf(span)) {
    case 'llm':
    case 'llm.embeddings':
      return inference(span);
    case 'tool':
    case 'function':
      return toolCall(span);
    case 'agent':
      return agent(span);
    case 'handoff':
      return handoff(span);
    case 'guardrail':
      return guardrail(span);
    case 'turn':
      return `Turn ${number(span, 'openai.agents.turn') ?? '?'} of ${text(span, GenAi.agentName) ?? 'the agent'}, ${duration(span)}`;
    default:
      return `${span.name || 'Unnamed'}, ${duration(span)}`;
  }
}

/** `gpt-5: 12,345 in (9,000 cached), 210 out tokens, stop` */
function inference(span: ReadableSpan): string {
  const model = text(span, GenAi.responseModel) ?? text(span, GenAi.requestModel) ?? span.name;
  const input = number(span, GenAi.usageInputTokens);
  const output = number(span, GenAi.usageOutputTokens);
  const cached = number(span, GenAi.usageCacheReadInputTokens);
  const reasons = span.attributes[GenAi.responseFinishReasons];
  const usage = [
    input === undefined
      ? []
      : `${input} in${cached === undefined || cached === '0' ? '' : ` (${cached} cached)`}`,
    output === undefined ? [] : `${output} out`,
  ].flat();
  return [
    `${model}: ${usage.length === 0 ? 'usage not reported' : `${usage.join(', ')} tokens`}`,
    ...(Array.isArray(reasons) ? reasons.map(String) : []),
  ].join(', ');
}

/** `read_file → 4,321 characters` */
function toolCall(span: ReadableSpan): string {
  const tool = text(span, GenAi.toolName) ?? span.name;
  const result = text(span, GenAi.toolCallResult);
  return result === undefined
    ? `${tool}, ${duration(span)}, result not captured`
    : `${tool} → ${format(result.length)} characters`;
}

function agent(span: ReadableSpan): string {
  const tools = span.attributes['openai.agents.tools'];
  const offer = Array.isArray(tools) && tools.length > 0 ? ` with ${format(tools.length)} tools` : '';
  return `Agent ${text(span, GenAi.agentName) ?? span.name}${offer}, ${duration(span)}`;
}

function handoff(span: ReadableSpan): string {
  const [from, to] = ['openai.agents.handoff.from', 'openai.agents.handoff.to'].map((key) => text(span, key));
  return from === undefined || to === undefined ? span.name : `${from} → ${to}`;
}

function guardrail(span: ReadableSpan): string {
  const name = text(span, 'openai.agents.guardrail.name') ?? span.name;
  return `Guardrail ${name} ${span.attributes['openai.agents.guardrail.triggered'] === true ? 'was triggered' : 'passed'}`;
}

function duration(span: ReadableSpan): string {
  const millis = hrTimeToMilliseconds(span.duration);
  return millis < 1000 ? `${format(Math.round(millis))} ms` : `${format(Math.round(millis / 100) / 10)} s`;
}

function text(span: ReadableSpan, key: string): string | undefined {
  const value = span.attributes[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(span: ReadableSpan, key: string): string | undefined {
  const value = span.attributes[key];
  return typeof value === 'number' ? format(value) : undefined;
}

const grouped = new Intl.NumberFormat('en-US');

function format(value: number): string {
  return Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : grouped.format(value);
}
