import type { SpanData } from '@openai/agents-core';
import { SpanKind } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { describeSpan } from './describe-span.ts';

const describe = (data: SpanData) => describeSpan(data, { provider: 'openai' });

test.each<[SpanData, string]>([
  [{ type: 'task', name: 'Agent workflow' }, 'task Agent workflow'],
  [{ type: 'turn', turn: 3, agent_name: 'Ada' }, 'turn'],
  [{ type: 'handoff' }, 'handoff'],
  [{ type: 'mcp_tools' }, 'tools/list'],
  [{ type: 'generation' }, 'chat'],
  [{ type: 'response' }, 'chat'],
  [{ type: 'speech_group' }, 'speech_group'],
  [{ type: 'transcription', input: { data: '', format: 'pcm' } }, 'transcription'],
])('%j is called %s', (data, name) => {
  expect(describe(data).name).toBe(name);
  expect(describe(data).attributes['openai.agents.span_type']).toBe(data.type);
});

test('a type that a newer SDK adds is an internal span of that name', () => {
  const data: SpanData = JSON.parse('{"type":"telepathy"}');

  expect(describe(data)).toMatchObject({ name: 'telepathy', kind: SpanKind.INTERNAL });
});

test('the model that was asked for wins over the one that answered', () => {
  const data: SpanData = { type: 'response', _response: { model: 'gpt-5.2-2026-01-01' } };

  expect(describeSpan(data, { provider: 'openai', model: 'gpt-5.2' })).toMatchObject({
    name: 'chat gpt-5.2',
    attributes: { 'gen_ai.request.model': 'gpt-5.2', 'gen_ai.response.model': 'gpt-5.2-2026-01-01' },
  });
});
