import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactError } from '@clew/core';
import { parse } from 'yaml';
import { assertOptionNames, configInputOf } from './clew-options.ts';
import type { ClewOptions } from './clew-options.ts';
import { withPolicyName } from './lifecycle-policy.ts';
import { isMapping } from './is-mapping.ts';

/** A configuration file as it was written, before any field is looked at. */
export type ConfigSource = {
  /** The file; empty where there is none. */
  readonly name: string;
  readonly value: object;
  /** What a `.ts` or `.js` file exports, functions included. */
  readonly options: ClewOptions;
};

const fileNames = ['compact.yaml', 'compact.yml', 'compact.json', 'compact.ts'];

/** @throws CompactError `invalid_options` naming the file */
export async function readConfigSource(file: string | undefined, directory: string): Promise<ConfigSource> {
  const names = file === undefined ? fileNames.map((name) => join(directory, name)) : [file];
  for (const name of names) {
    const text = await readFile(name, 'utf8').catch((cause: unknown) => {
      if (file === undefined && isMissing(cause)) return undefined;
      throw unusable(
        `The configuration file ${name} could not be read: ${String(cause)}. Check its path.`,
        cause,
      );
    });
    if (text === undefined) continue;
    if (!/\.[cm]?[tj]s$/u.test(name))
      return { name, value: withPolicyName(parseText(text, name), name), options: {} };
    const options = await importOptions(name);
    return { name, value: configInputOf(options), options };
  }
  return { name: '', value: {}, options: {} };
}

function parseText(text: string, name: string): object {
  try {
    // JSON is YAML.
    const value: unknown = parse(text) ?? {};
    if (isMapping(value)) {
      // Where an editor finds the schema.
      const { $schema: _, ...fields } = value as Readonly<Record<string, unknown>>;
      return fields;
    }
    throw new TypeError(
      `expected a mapping of fields, got ${Array.isArray(value) ? 'a list' : typeof value}`,
    );
  } catch (cause) {
    throw unusable(`The configuration file ${name} is not valid YAML or JSON: ${String(cause)}`, cause);
  }
}

/** jiti reads TypeScript on any Node; it is loaded only where a file asks for it. */
async function importOptions(name: string): Promise<ClewOptions> {
  const { createJiti } = await import('jiti');
  let exported: unknown;
  try {
    exported = await createJiti(import.meta.url).import(name, { default: true });
  } catch (cause) {
    throw unusable(`The configuration file ${name} could not be run: ${String(cause)}`, cause);
  }
  if (!isMapping(exported)) {
    const came = Array.isArray(exported) ? 'a list' : typeof exported;
    throw unusable(
      `The configuration file ${name} must export the options of clew() as its default, got ${came}.`,
    );
  }
  assertOptionNames(exported, name);
  return exported;
}

function unusable(message: string, cause?: unknown): CompactError {
  return new CompactError({ code: 'invalid_options', message, cause });
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
