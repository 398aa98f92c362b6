import { CompactError, CompactPolicy, nearestName } from '@clew/core';
import { snakeCase } from './case-names.ts';
import { ConfigFile } from './config.ts';

type Path = readonly string[];

const prefix = 'COMPACT_';

/** Every field that the environment may override, by its variable. */
export const variables: ReadonlyMap<string, Path> = new Map(paths().map((path) => [variableOf(path), path]));

/**
 * The overrides of an environment, as a configuration file would write them: `COMPACT_TRIGGER_PCT=0.7` is
 * `{ policy: { trigger_pct: 0.7 } }`. Lists are separated by commas; prices and capabilities are JSON. Values that are no number, boolean or list
 * stay text, and the schema says what it expected.
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): object {
  const overrides: Record<string, unknown> = {};
  for (const [variable, path] of variables) {
    const text = environment[variable];
    if (text === undefined || text === '') continue;
    put(overrides, path, valueOf(path, text));
  }
  return overrides;
}

/**
 * A variable that is nearly the name of one of ours was meant to be it. Others that begin with `COMPACT_` are another
 * program's.
 * @throws CompactError `invalid_options`
 */
export function assertKnownVariables(environment: Readonly<Record<string, string | undefined>>): void {
  const names = [...variables.keys()];
  const typos = Object.keys(environment).flatMap((name) => {
    if (!name.startsWith('COMPACT_') || variables.has(name)) return [];
    const own = nearestName(
      name.slice(prefix.length),
      names.map((known) => known.slice(prefix.length)),
    );
    return own === undefined ? [] : [`  ${name} is not known. Did you mean ${prefix}${own}?`];
  });
  if (typos.length === 0) return;
  throw new CompactError({
    code: 'invalid_options',
    message: `The environment is not valid:\n${typos.join('\n')}`,
  });
}

function paths(): readonly Path[] {
  const sections = ['summary', 'prices', 'telemetry', 'storage', 'redaction'] as const;
  return [
    ['model'],
    ['max_context_tokens'],
    ['capabilities'],
    ...Object.keys(CompactPolicy.shape).map((name) => ['policy', snakeCase(name)]),
    ...sections.flatMap((section) =>
      Object.keys(ConfigFile.shape[section].def.innerType.shape).map((name) => [section, name]),
    ),
  ];
}

/** The policy and the telemetry need no section in their names; the others would be ambiguous without. */
export function variableOf(path: Path): string {
  const [section] = path;
  const isPlain = path.length === 1 || section === 'policy' || section === 'telemetry';
  return `${prefix}${(isPlain ? path.slice(-1) : path).join('_').toUpperCase()}`;
}

const listFields = new Set([
  'roles_never_prune',
  'roles_leave_first',
  'keep_tools',
  'exclude_tools',
  'ladder',
  'fallback_models',
  'patterns',
  'personal',
  'allow',
  'exporter',
]);

function valueOf(path: Path, text: string): unknown {
  const field = path.at(-1) ?? '';
  if (field === 'models' || field === 'capabilities') return jsonOf(text);
  if (listFields.has(field)) return text.split(',').map((part) => part.trim());
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function put(target: Record<string, unknown>, path: Path, value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const child = (target[head] ??= {}) as Record<string, unknown>;
  put(child, rest, value);
}
