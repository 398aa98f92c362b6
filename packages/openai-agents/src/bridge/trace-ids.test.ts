import { generateTraceId } from '@openai/agents-core';
import { isValidTraceId } from '@opentelemetry/api';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { otelTraceIdOf } from './trace-ids.ts';

test('an id that the SDK made keeps its digits', () => {
  const id = generateTraceId();
  expect(`trace_${otelTraceIdOf(id)}`).toBe(id);
});

test('any other id gives a valid one, always the same', () => {
  expect(otelTraceIdOf(`trace_${'0'.repeat(32)}`)).not.toBe('0'.repeat(32));
  assert(
    property(string(), (id) => {
      expect(isValidTraceId(otelTraceIdOf(id))).toBe(true);
      expect(otelTraceIdOf(id)).toBe(otelTraceIdOf(id));
    }),
  );
});
