import { parseConfig } from './config.ts';
import type { ConfigFile, ConfigInput } from './config.ts';
import type { ClewOptions } from './clew-options.ts';
import { readConfigSource } from './config-source.ts';
import { assertKnownVariables, readEnvironment } from './environment.ts';
import { fieldNames } from './field-names.ts';
import { withPolicyName } from './lifecycle-policy.ts';
import { isMapping } from './is-mapping.ts';

export type LoadConfigInput = {
  /** A file, or nothing to look for `compact.yaml`, `.yml`, `.json` and `.ts` in `directory`. */
  readonly file?: string | undefined;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the code says; it wins over everything. */
  readonly overrides?: ConfigInput | undefined;
};

/**
 * Code over environment over file over defaults.
 * @throws CompactError `invalid_options` naming the field as it was written, or the file that could not be read
 */
export async function loadConfig(input: LoadConfigInput): Promise<ConfigFile> {
  return (await loadSetup(input)).config;
}

/** The configuration, and what a `compact.ts` says that no other file can. */
export async function loadSetup(
  input: LoadConfigInput,
): Promise<{ readonly config: ConfigFile; readonly options: ClewOptions }> {
  const overrides = withPolicyName(input.overrides ?? {}, 'The code');
  const source = await readConfigSource(input.file, input.directory);
  assertKnownVariables(input.environment);
  const environment = readEnvironment(input.environment);
  const parts = [source.name, Object.keys(environment).length > 0 ? 'the environment' : ''].filter(
    (part) => part !== '',
  );
  const merged = merge(merge(source.value, environment), overrides);
  const config = parseConfig(merged, parts.length === 0 ? 'the code' : parts.join(' and '), {
    nameOf: fieldNames({ overrides, environment }),
  });
  return { config, options: source.options };
}

/** Mappings are merged field by field; anything else is replaced. */
function merge(base: object, over: object): object {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isMapping(before) && isMapping(value) ? merge(before, value) : value;
  }
  return merged;
}
