import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactError } from '@clew/core';
import { parse } from 'yaml';
import { parseConfig } from './config.ts';
import type { ConfigFile, ConfigInput } from './config.ts';
import { readEnvironment } from './environment.ts';

export type LoadConfigInput = {
  /** A file, or nothing to look for `compact.yaml`, `compact.yml` and `compact.json` in `directory`. */
  readonly file?: string | undefined;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the code says; it wins over everything. */
  readonly overrides?: ConfigInput | undefined;
};

const fileNames = ['compact.yaml', 'compact.yml', 'compact.json'];

/**
 * Code over environment over file over defaults.
 * @throws CompactError `invalid_options` naming the field, or the file that could not be read
 */
export async function loadConfig(input: LoadConfigInput): Promise<ConfigFile> {
  const { source, value } = await readConfigFile(input);
  const environment = readEnvironment(input.environment);
  const parts = [source, Object.keys(environment).length > 0 ? 'the environment' : ''].filter(
    (part) => part !== '',
  );
  const merged = merge(merge(value, environment), input.overrides ?? {});
  return parseConfig(merged, parts.length === 0 ? 'the code' : parts.join(' and '));
}

async function readConfigFile({
  file,
  directory,
}: LoadConfigInput): Promise<{ source: string; value: object }> {
  const names = file === undefined ? fileNames.map((name) => join(directory, name)) : [file];
  for (const name of names) {
    const text = await readFile(name, 'utf8').catch((cause: unknown) => {
      if (file === undefined && isMissing(cause)) return undefined;
      throw new CompactError({
        code: 'invalid_options',
        message: `The configuration file ${name} could not be read: ${String(cause)}. Check its path.`,
        cause,
      });
    });
    if (text !== undefined) return { source: name, value: parseText(text, name) };
  }
  return { source: '', value: {} };
}

function parseText(text: string, name: string): object {
  try {
    // JSON is YAML.
    const value: unknown = parse(text) ?? {};
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw new TypeError(
      `expected a mapping of fields, got ${Array.isArray(value) ? 'a list' : typeof value}`,
    );
  } catch (cause) {
    throw new CompactError({
      code: 'invalid_options',
      message: `The configuration file ${name} is not valid YAML or JSON: ${String(cause)}`,
      cause,
    });
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
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

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
