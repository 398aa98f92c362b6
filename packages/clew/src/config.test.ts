import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertOptionNames, configInputOf } from './clew-options.ts';
import { configSchema } from './config-schema.ts';
import { ConfigFile, parseConfig } from './config.ts';
import { readEnvironment, variables } from './environment.ts';
import { loadConfig, loadSetup } from './load-config.ts';
import { policyOf } from './policy-of.ts';
import { pricesOf } from './prices-of.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'clew-config-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const specified = `
model: gpt-5
max_context_tokens: 128000
policy:
  trigger_pct: 0.85
  hard_cap_buffer: 1500
  keep_recent_turns: 6
  keep_tool_io_pairs: 4
  roles_never_prune: [system, developer]
  protected_flag: protected
  strategy: task_state
telemetry:
  exporter: ariadne
  ariadne_url: http://localhost:5175/ingest
storage:
  adapter: fs
  path: ./.compact/archive
redaction:
  enabled: true
  patterns: ['(?i)api[_-]?key\\s*[:=]\\s*\\S+', '(?i)password\\s*[:=]\\s*\\S+']
`;

describe('a configuration file', () => {
  it('is understood as the specification writes it, and says nothing but the defaults', async () => {
    await writeFile(join(directory, 'compact.yaml'), specified);
    const config = await loadConfig({ directory, environment: {} });
    const defaults = parseConfig({}, 'a test');
    const telemetry = { ...defaults.telemetry, exporter: 'ariadne' };
    expect({ ...config, policy: {}, redaction: {} }).toEqual({
      ...defaults,
      telemetry,
      policy: {},
      redaction: {},
    });
    expect(policyOf(config)).toMatchObject({ triggerPct: 0.85, keepToolIoPairs: 4, strategy: 'task_state' });
    expect(config.redaction.patterns).toHaveLength(2);
  });

  it('may be JSON, and may be named', async () => {
    const file = join(directory, 'other.json');
    await writeFile(file, '{"model":"gpt-4o"}');
    expect((await loadConfig({ file, directory, environment: {} })).model).toBe('gpt-4o');
  });

  it('may name the schema that an editor reads, which knows what the reader knows', async () => {
    const file = join(directory, 'other.json');
    await writeFile(file, '{"$schema":"./compact.schema.json","model":"gpt-4o"}');
    expect((await loadConfig({ file, directory, environment: {} })).model).toBe('gpt-4o');
    const schema = configSchema() as { additionalProperties: boolean; properties: object };
    expect(schema.additionalProperties).toBe(false);
    const known = ['$schema', ...Object.keys(ConfigFile.shape), 'context_lifecycle_policy'];
    expect(Object.keys(schema.properties)).toEqual(known);
  });

  it('may be absent where it was not named', async () => {
    expect((await loadConfig({ directory, environment: {} })).model).toBe('gpt-5');
    const file = join(directory, 'nowhere.yaml');
    await expect(loadConfig({ file, directory, environment: {} })).rejects.toThrow(
      /nowhere.yaml could not be read/u,
    );
  });

  it.each([
    ['policy:\n  trigger_pct: 8.5', /policy\.trigger_pct must be between 0 and 1, got 8\.5/u],
    ['policy:\n  trigger: 0.5', /policy\.trigger is not known\. Did you mean trigger_pct\?/u],
    ['max_context_tokens: many', /max_context_tokens must be a whole number of at least 1, got 'many'/u],
    ['telemetry:\n  exporter: carrier-pigeon', /telemetry\.exporter/u],
    ['- a list', /expected a mapping of fields, got a list/u],
    ['a: [', /not valid YAML or JSON/u],
  ])('is refused with the field in the message: %j', async (text, message) => {
    await writeFile(join(directory, 'compact.yml'), text);
    await expect(loadConfig({ directory, environment: {} })).rejects.toThrow(message);
    await expect(loadConfig({ directory, environment: {} })).rejects.toThrow(/compact\.yml/u);
  });
});

describe('the environment', () => {
  it('has the variables of the specification', () => {
    for (const name of [
      'COMPACT_MODEL',
      'COMPACT_TRIGGER_PCT',
      'COMPACT_ARIADNE_URL',
      'COMPACT_STORAGE_PATH',
    ]) {
      expect(variables.has(name)).toBe(true);
    }
  });

  it('overrides the file, field by field, and is overridden by code', async () => {
    await writeFile(
      join(directory, 'compact.yaml'),
      'model: a\npolicy:\n  trigger_pct: 0.5\n  target_pct: 0.2',
    );
    const environment = {
      COMPACT_TRIGGER_PCT: '0.6',
      COMPACT_MODEL: 'b',
      COMPACT_ROLES_NEVER_PRUNE: 'system, user',
    };
    const overrides = configInputOf({
      model: 'c',
      policy: { targetPct: 0.3 },
      telemetry: { exporter: 'none' },
    });
    const config = await loadConfig({ directory, environment, overrides });
    expect(config.model).toBe('c');
    expect(config.telemetry.exporter).toBe('none');
    expect(policyOf(config)).toEqual({
      triggerPct: 0.6,
      targetPct: 0.3,
      rolesNeverPrune: ['system', 'user'],
    });
  });

  it('reads numbers, booleans and lists as such, and leaves empty variables alone', () => {
    const environment = {
      COMPACT_MAX_CONTEXT_TOKENS: '32000',
      COMPACT_REDACTION_ENABLED: 'false',
      COMPACT_EXPORTER: 'ariadne,otlp',
      COMPACT_MODEL: '',
      UNRELATED: '1',
    };
    expect(readEnvironment(environment)).toEqual({
      max_context_tokens: 32_000,
      redaction: { enabled: false },
      telemetry: { exporter: ['ariadne', 'otlp'] },
    });
  });

  it('is refused with the field in the message', async () => {
    const environment = { COMPACT_TRIGGER_PCT: 'often' };
    await expect(loadConfig({ directory, environment })).rejects.toThrow(
      /the environment.*\n  COMPACT_TRIGGER_PCT \(policy\.trigger_pct\) must be between 0 and 1, got 'often'/u,
    );
  });
});

describe('a compact.ts', () => {
  it('says what a file can say, and what only code can, beneath what the code says itself', async () => {
    const text = [
      "import type { ClewOptions } from 'clew';",
      "const summarizer: ClewOptions['summarizer'] = { name: 'own', summarize: async () => ({ text: 'so' }) };",
      "export default { model: 'from-ts', policy: { triggerPct: 0.6 }, summarizer } satisfies ClewOptions;",
    ];
    await writeFile(join(directory, 'compact.ts'), text.join('\n'));
    const overrides = configInputOf({ model: 'from-code' });
    const { config, options } = await loadSetup({ directory, environment: {}, overrides });
    expect(config).toMatchObject({ model: 'from-code', policy: { trigger_pct: 0.6 } });
    expect(options.summarizer?.name).toBe('own');
  });

  it.each([
    ['export default { polcy: {} }', /polcy is not known\. Did you mean policy\?/u],
    ['export default { policy: { triggerPct: 9 } }', /policy\.trigger_pct must be between 0 and 1, got 9/u],
    ['export default 3', /must export the options of clew\(\) as its default, got number/u],
    ['throw new Error("no luck")', /could not be run: .*no luck/u],
  ])('is refused where it is wrong: %s', async (text, message) => {
    await writeFile(join(directory, 'compact.ts'), text);
    await expect(loadConfig({ directory, environment: {} })).rejects.toThrow(message);
  });
});

describe('a name that was mistyped', () => {
  it('is told as it was written, with the one that was meant', async () => {
    const environment = { COMPACT_TRIGER_PCT: '0.6', COMPACT_OF_ANOTHER_PROGRAM: '1' };
    await expect(loadConfig({ directory, environment })).rejects.toThrow(
      /COMPACT_TRIGER_PCT is not known\. Did you mean COMPACT_TRIGGER_PCT\?$/u,
    );
    const overrides = configInputOf({ policy: { triggerPct: 9 } });
    await expect(loadConfig({ directory, environment: {}, overrides })).rejects.toThrow(
      /in the code is not valid:\n  policy\.triggerPct must be between 0 and 1, got 9/u,
    );
    expect(() => assertOptionNames({ summariser: null }, 'the code')).toThrow(/Did you mean summarizer\?/u);
  });
});

describe('prices', () => {
  const written = `
policy: { max_break_even_calls: 20 }
prices:
  currency: USD
  version: '2026-11'
  models:
    Some/Model-V2: { input: 3, cached_input: 0.3, cache_write: 3.75, output: 15 }
`;
  const list = {
    currency: 'USD',
    version: '2026-11',
    models: { 'Some/Model-V2': { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 } },
  };

  it('come from a file, from the environment and from code, with the names of models as they are', async () => {
    await writeFile(join(directory, 'compact.yaml'), written);
    expect(pricesOf(await loadConfig({ directory, environment: {} }))).toEqual(list);
    const overrides = configInputOf({ prices: list });
    const empty = join(directory, 'empty.yaml');
    await writeFile(empty, '');
    expect(pricesOf(await loadConfig({ file: empty, directory, environment: {}, overrides }))).toEqual(list);
    const environment = {
      COMPACT_PRICES_CURRENCY: 'EUR',
      COMPACT_PRICES_MODELS: '{"m":{"input":1,"output":2}}',
    };
    expect(pricesOf(await loadConfig({ file: empty, directory, environment }))).toEqual({
      currency: 'EUR',
      models: { m: { input: 1, output: 2 } },
    });
    expect(pricesOf(await loadConfig({ file: empty, directory, environment: {} }))).toBeUndefined();
  });

  it.each([
    ['prices: { models: {} }', /prices\.currency/u],
    ['prices: { currency: USD, models: { m: { input: 1 } } }', /prices\.models\.m\.output/u],
    [
      'prices: { currency: USD, models: { m: { input: 1, output: 2, cached: 1 } } }',
      /prices\.models\.m\.cached is not known\. Did you mean cached_input\?/u,
    ],
  ])('are refused with the field in the message: %j', async (text, message) => {
    await writeFile(join(directory, 'compact.yml'), text);
    await expect(loadConfig({ directory, environment: {} })).rejects.toThrow(message);
  });
});
