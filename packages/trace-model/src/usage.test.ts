import { describe, expect, it } from 'vitest';
import type { Span } from './span.ts';
import { isInference, readUsage } from './usage.ts';

const span = (attrs: Span['attrs'], name = 'x'): Span => ({ traceId: 't', id: '1', name, attrs });

describe('usage of a model call', () => {
  it('is read from flat attributes and from nested data, also where numbers became text', () => {
    const flat = span({ 'gen_ai.usage.input_tokens': 1_200, 'gen_ai.usage.cache_write.input_tokens': 30 });
    const nested = span({
      gen_ai: { usage: { input_tokens: '1200', cache_creation: { input_tokens: '30' } } },
    });
    expect(readUsage(flat)).toEqual({ spanId: '1', inputTokens: 1_200, cacheWriteTokens: 30 });
    expect(readUsage(nested)).toEqual(readUsage(flat));
  });

  it('stays unknown where it was not reported', () => {
    expect(readUsage(span({ 'gen_ai.usage.input_tokens': null, 'gen_ai.usage.output_tokens': '' }))).toEqual({
      spanId: '1',
    });
  });

  it('belongs to inference spans only', () => {
    expect(isInference(span({ 'gen_ai.operation.name': 'chat' }))).toBe(true);
    expect(isInference(span({ 'gen_ai.operation.name': 'execute_tool' }, 'chat x'))).toBe(false);
    expect(isInference(span({}, 'chat gpt-5.2'))).toBe(true);
    expect(isInference(span({}, 'chatter'))).toBe(false);
  });
});
