import type { Session } from '@openai/agents-core';
import { describeSession } from '../testing/describe-session.ts';
import { storedSessions } from '../testing/stored-sessions.fixture.ts';
import { BoundedSession } from './bounded-session.ts';
import { LocalCompactionSession } from './local-compaction-session.ts';
import { StrategySession } from './strategy-session.ts';

const around: readonly (readonly [string, (inner: Session) => Session])[] = [
  ['', (inner) => inner],
  ['a window over ', (inner) => new LocalCompactionSession(inner, { windowSize: 100, tokenBudget: 10_000 })],
  ['a bound on ', (inner) => new BoundedSession(inner, { windowSize: 100 })],
  ['no strategy over ', (inner) => new StrategySession(inner, { mode: 'none' })],
  ['a strategy over ', (inner) => new StrategySession(inner, { mode: 'compact', triggerTurns: 9 })],
];

for (const [name, open] of storedSessions) {
  for (const [prefix, wrap] of around) {
    describeSession(`${prefix}${name}`, async () => {
      const opened = await open();
      return { ...opened, session: wrap(opened.session) };
    });
  }
}
