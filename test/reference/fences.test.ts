import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ConfigFile, parseConfig } from 'clew';
import { commands } from 'compactctl';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

// TypeScript in the docs is compiled and run (docs/check.mjs); here is what else a reader copies.

const root = fileURLToPath(new URL('../..', import.meta.url));

type Fence = { readonly file: string; readonly language: string; readonly text: string };

async function fences(): Promise<readonly Fence[]> {
  const below = await readdir(`${root}docs`, { recursive: true });
  const files = [
    ...(await readdir(root)),
    ...below.filter((file) => !file.includes('node_modules')).map((file) => `docs/${file}`),
  ].filter((file) => file.endsWith('.md'));
  const all = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(root + file, 'utf8');
      return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gmu)].map(([, language = '', body = '']) => ({
        file,
        language,
        text: body,
      }));
    }),
  );
  return all.flat();
}

it('each configuration in the docs is one', async () => {
  const known = Object.keys(ConfigFile.shape);
  const configurations = (await fences()).flatMap(({ file, language, text }) => {
    if (language !== 'yaml') return [];
    const value: unknown = parse(text);
    const isOurs =
      typeof value === 'object' && value !== null && Object.keys(value).some((key) => known.includes(key));
    return isOurs ? [{ file, value }] : [];
  });
  expect(configurations.length).toBeGreaterThan(5);
  for (const { file, value } of configurations) expect(() => parseConfig(value, file)).not.toThrow();
});

it('each command line in the docs names a command and flags that there are', async () => {
  const lines = (await fences())
    .filter(({ language }) => language === 'sh' || language === 'yaml' || language === 'text')
    .flatMap(({ file, text }) =>
      [...text.replaceAll(/\\?\n\s+(?=--)/gu, ' ').matchAll(/\bcompactctl ([a-z][\w-]*)([^#\n]*)/gu)].map(
        ([line, name = '', rest = '']) => ({ file, line, name, rest }),
      ),
    );
  expect(lines.length).toBeGreaterThan(20);
  for (const { file, line, name, rest } of lines) {
    const command = commands.find((each) => each.name === name);
    expect(command, `${file}: ${line}`).toBeDefined();
    const flags = [...rest.matchAll(/(?:^|\s)--([a-z-]+)/gu)].map(([, flag = '']) => flag);
    const known = [...Object.keys(command?.flags ?? {}), 'help'];
    for (const flag of flags) expect(known, `${file}: ${line}`).toContain(flag);
  }
});
