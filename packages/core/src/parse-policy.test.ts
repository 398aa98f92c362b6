import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.ts';

it.each<readonly [Parameters<typeof parsePolicy>[0], RegExp]>([
  [{ triggerTurns: 4 }, /keepRecentTurns must not be above policy\.triggerTurns \(4\), got 6/u],
  [{ windowSize: 5, keepRecentItems: 9 }, /keepRecentItems must not be above policy\.windowSize \(5\)/u],
  [{ softTriggerPct: 0.4 }, /softTriggerPct must be above policy\.targetPct \(0\.5\), got 0\.4/u],
  [{ idleTriggerPct: 0.9 }, /idleTriggerPct must not be above policy\.triggerPct/u],
  [{ keepTools: ['read'], excludeTools: ['read'] }, /keepTools and policy\.excludeTools both name read/u],
  [{ rolesNeverPrune: ['user'], rolesLeaveFirst: ['user'] }, /both name user/u],
  [{ ladder: ['digest', 'digest'] }, /ladder has digest twice/u],
  [{ ladder: ['digest'], trimToolResultTokens: 100 }, /trimToolResultTokens would have no effect/u],
  [{ keepPairsPerTool: 2 }, /keepPairsPerTool would have no effect: policy\.pruning is not stage_aware/u],
  [{ coldAfterMillis: 1000 }, /coldAfterMillis would have no effect/u],
  [{ clearToolResults: false, ladder: ['clear'] }, /say one of the two/u],
])('a policy such as %j is refused, and the message names both fields', (input, message) => {
  expect(() => parsePolicy(input)).toThrow(message);
});
