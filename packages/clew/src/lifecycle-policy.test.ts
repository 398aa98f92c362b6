import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactPolicy, parsePolicy } from '@clew/core';
import type { CompactPolicyInput } from '@clew/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { configInputOf } from './clew-options.ts';
import { loadConfig } from './load-config.ts';
import { policyOf } from './policy-of.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clew-lifecycle-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function load(content: object, environment: Readonly<Record<string, string>> = {}) {
  await writeFile(join(directory, 'compact.yaml'), stringify(content));
  return loadConfig({ directory, environment });
}

/** One field of each kind, and every part of the seed's list. */
const policy: CompactPolicyInput = {
  keepRecentTurns: 3,
  keepRecentItems: 8,
  pruning: 'stage_aware',
  keepPairsPerTool: 2,
  ladder: ['clear', 'summarize', 'digest'],
  hardCapBuffer: 3000,
  triggerPct: 0.8,
  softTriggerPct: 0.6,
  coldAfterMillis: 60_000,
  providerMode: 'auto',
};

it('the policy of the code, written into a file under either name, is the policy of the code', async () => {
  const written = configInputOf({ policy }).policy;
  for (const name of ['policy', 'context_lifecycle_policy']) {
    const read = policyOf(await load({ [name]: written }));
    expect(read).toEqual(policy);
    expect(parsePolicy(read)).toEqual(parsePolicy(policy));
  }
});

it('every field of the policy can stand under either name, and the environment and the code win over both', async () => {
  const defaults = CompactPolicy.parse({});
  const written = configInputOf({ policy: defaults }).policy;
  expect(policyOf(await load({ context_lifecycle_policy: written }))).toEqual(defaults);
  const config = await load(
    { context_lifecycle_policy: { trigger_pct: 0.7, target_pct: 0.4 } },
    { COMPACT_TRIGGER_PCT: '0.6' },
  );
  expect(config.policy).toMatchObject({ trigger_pct: 0.6, target_pct: 0.4 });
});

it('both names at once are refused, and so is a field that is not one of the policy', async () => {
  const both = load({ policy: { trigger_pct: 0.7 }, context_lifecycle_policy: { trigger_pct: 0.7 } });
  await expect(both).rejects.toThrow(/both policy and context_lifecycle_policy.*Say one/u);
  await expect(load({ context_lifecycle_policy: { history_limit: 3 } })).rejects.toThrow(/history_limit/u);
});

it('capabilities are read by the names of their models, checked, and told in the names of the file', async () => {
  const capabilities = {
    'my-model_x': { window_tokens: 64_000, server_compaction: { parameter: 'p', least_tokens: 5 } },
  };
  const config = await load({ capabilities });
  expect(config.capabilities).toEqual(capabilities);
  const wrong = load({ capabilities: { mine: { server_compaction: { parameter: 'p', least_token: 5 } } } });
  await expect(wrong).rejects.toThrow(/capabilities\.mine\.server_compaction/u);
  const fromCode = configInputOf({ capabilities: { 'my-model_x': { windowTokens: 64_000 } } });
  expect(fromCode.capabilities).toEqual({ 'my-model_x': { window_tokens: 64_000 } });
  const text = JSON.stringify(capabilities);
  expect((await load({}, { COMPACT_CAPABILITIES: text })).capabilities).toEqual(capabilities);
});

it('every configuration in the guide to providers is one, and every policy in it is accepted', async () => {
  const guide = await readFile(new URL('../../../docs/guides/providers.md', import.meta.url), 'utf8');
  const fences = [...guide.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text = '']) => text);
  expect(fences.length).toBeGreaterThanOrEqual(2);
  for (const text of fences) {
    const config = await load(parse(text) as object);
    expect(() => parsePolicy(policyOf(config))).not.toThrow();
  }
});
