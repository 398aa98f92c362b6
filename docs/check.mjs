// Checks the documentation: every TypeScript fence is the text of a file in docs/examples, which is compiled and
// run, and every relative link leads somewhere. `--write` copies the examples into the fences.
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isWriting = process.argv.includes('--write');
const problems = [];

for (const file of markdownFiles()) {
  const text = readFileSync(file, 'utf8');
  const synced = text.replace(
    /(<!-- (docs\/examples\/\S+) -->\n+```ts\n)[\s\S]*?(```)/gu,
    (_, head, source, tail) =>
      existsSync(join(root, source))
        ? `${head}${readFileSync(join(root, source), 'utf8')}${tail}`
        : (report(file, `${source} does not exist`), `${head}${tail}`),
  );
  if (isWriting && synced !== text) writeFileSync(file, synced);
  else if (synced !== text)
    report(file, 'a fence differs from its example: run `node docs/check.mjs --write`');
  const fences = text.match(/^```(?:ts|tsx|js)$/gmu)?.length ?? 0;
  const marked = text.match(/<!-- docs\/examples\/\S+ -->\n+```ts$/gmu)?.length ?? 0;
  if (fences !== marked)
    report(file, `${fences - marked} code fence(s) without the example that they come from`);
  for (const [, target] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/gu)) {
    if (!existsSync(resolve(dirname(file), target))) report(file, `the link to ${target} leads nowhere`);
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log('docs: every fence is an example that runs, every link leads somewhere');

function report(file, message) {
  problems.push(`${relative(root, file)}: ${message}`);
}

function markdownFiles() {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
    .map((name) => join('docs', name));
  return [...top, ...below].map((name) => join(root, name)).filter((file) => statSync(file).isFile());
}
