import { isValidSpanId, isValidTraceId } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { AgentsIdGenerator } from './agents-id-generator.ts';

const wanted = 'a'.repeat(32);

test('only the first root span of the callback gets the wanted id', () => {
  const ids = new AgentsIdGenerator();
  const [first, second] = ids.withTraceId(wanted, () => [ids.generateTraceId(), ids.generateTraceId()]);

  expect(first).toBe(wanted);
  expect(second).not.toBe(wanted);
});

test('an id that nobody took is forgotten, also where the callback throws', () => {
  const ids = new AgentsIdGenerator();
  ids.withTraceId(wanted, () => {});
  expect(ids.generateTraceId()).not.toBe(wanted);
  expect(() =>
    ids.withTraceId(wanted, () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(ids.generateTraceId()).not.toBe(wanted);
});

test('its own ids are valid and differ', () => {
  const ids = new AgentsIdGenerator();
  const traces = Array.from({ length: 100 }, () => ids.generateTraceId());
  const spans = Array.from({ length: 100 }, () => ids.generateSpanId());

  expect(traces.every(isValidTraceId) && spans.every(isValidSpanId)).toBe(true);
  expect(new Set([...traces, ...spans]).size).toBe(200);
});

test('ids come from the source that it is given', () => {
  const ids = new AgentsIdGenerator({ generateTraceId: () => wanted, generateSpanId: () => 'b'.repeat(16) });

  expect([ids.generateTraceId(), ids.generateSpanId()]).toEqual([wanted, 'b'.repeat(16)]);
});
