import { CompactManager, chat } from '@clew/core';
import { describe, expect, it } from 'vitest';
import { hasRecordedSession, recordedCalls } from './recorded-session.ts';

describe('on a recorded session', () => {
  it.skipIf(!hasRecordedSession)(
    'has a median error of at most 0.1 %, 0.4 % at the 95th percentile, and errors within what it states',
    async () => {
      const manager = new CompactManager({
        model: 'claude-sonnet-4-5',
        maxContextTokens: 1_000_000,
        dialect: chat,
      });
      const errors: number[] = [];
      let within = 0;
      for (const { items, usage } of recordedCalls()) {
        const { tokens, calibration } = await manager.preflight({ sessionId: 's', items });
        const stated = (calibration?.uncertainty ?? 0) * tokens.before;
        if (Math.abs(tokens.before - usage.inputTokens) <= stated) within += 1;
        errors.push(Math.abs(tokens.before - usage.inputTokens) / usage.inputTokens);
        manager.reportUsage('s', usage);
      }
      const later = errors.slice(1).toSorted((left, right) => left - right);
      expect(later.length).toBeGreaterThan(400);
      expect(within / errors.length).toBeGreaterThanOrEqual(0.95);
      expect(later[Math.floor(later.length * 0.5)]).toBeLessThanOrEqual(0.001);
      expect(later[Math.floor(later.length * 0.95)]).toBeLessThanOrEqual(0.004);
    },
  );
});
