import { expect, test } from 'vitest';
import { errorTypeOf } from './span-error.ts';

test.each([
  [{ message: 'Error in agent run', data: { error: 'TypeError: x is not a function' } }, 'TypeError'],
  [{ message: 'MaxTurnsExceededError: Max turns (3) exceeded' }, 'MaxTurnsExceededError'],
  [
    { message: 'Guardrail', data: { error: 'InputGuardrailTripwireTriggered' } },
    'InputGuardrailTripwireTriggered',
  ],
  [{ message: 'Error in agent run', data: { error: 'Error' } }, '_OTHER'],
  [{ message: 'something odd', data: { error: 7 } }, '_OTHER'],
  [{ message: '' }, '_OTHER'],
])('the type of %j is %s', (error, type) => {
  expect(errorTypeOf(error)).toBe(type);
});
