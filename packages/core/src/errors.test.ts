import { expect, it } from 'vitest';
import { CompactError } from './errors.ts';
import * as core from './index.ts';

it('knows its own errors across copies of the package', () => {
  const error = new CompactError({ code: 'invalid_policy', message: 'no', cause: new Error('why') });
  expect(CompactError.isInstance(error)).toBe(true);
  expect(CompactError.isInstance(new Error('no'))).toBe(false);
  expect(CompactError.isInstance(null)).toBe(false);
  expect((error.cause as Error).message).toBe('why');
});

it('has this public API, and no other', () => {
  expect(Object.keys(core).toSorted()).toEqual([
    'CapabilityOverrides',
    'CapabilitySource',
    'CharacterCounter',
    'CompactError',
    'CompactManager',
    'CompactPolicy',
    'LadderStep',
    'MemorySessionStore',
    'ModelCapabilities',
    'ModelPrice',
    'OverflowRecovery',
    'PriceList',
    'StrategyName',
    'TiktokenCounter',
    'afterItems',
    'afterTurns',
    'agents',
    'allOf',
    'anthropic',
    'anyOf',
    'cacheReasons',
    'cacheStates',
    'canonicalJson',
    'capabilitiesOf',
    'capabilityMatrix',
    'capabilitySources',
    'categories',
    'chat',
    'createWeigher',
    'detectThrash',
    'digestSummary',
    'fates',
    'filesInSheet',
    'groupItems',
    'isReadable',
    'isVisible',
    'itemRef',
    'keepRecentItems',
    'keepRecentPairsPerTool',
    'keepRecentTokens',
    'keepRecentToolPairs',
    'keepRecentTurns',
    'keepRoles',
    'keepTools',
    'ladderSteps',
    'outcomes',
    'parsePolicy',
    'promptLimitOf',
    'pruneOnly',
    'recallTool',
    'recognizeOverflow',
    'recoverFromOverflow',
    'recoverySteps',
    'renderSummary',
    'responses',
    'splitRef',
    'strategyNames',
    'thrashSignals',
    'whenCacheIsCold',
    'whenIdleFor',
    'whenTokensLeftBelow',
    'whenTokensReach',
    'whenUsageReaches',
  ]);
});
