import { operations, type Operation } from './operations.ts';

/** The API for people: one page, without a script and without anything from elsewhere. */
export function docsPage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clew host: its API</title>
<style>${styles}</style>
<main>
<h1>Clew host</h1>
<p>What it answers to. The same for programs, with every schema: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).
Where the host was given a token, send it as <code>Authorization: Bearer …</code>.</p>
${operations.map(section).join('\n')}
</main>
</html>
`;
}

function section(operation: Operation): string {
  const { method, path, summary, more, query, headers, body, answers } = operation;
  const id = `${method}-${path.replaceAll(/\W+/g, '-')}`;
  return `<section aria-labelledby="${id}">
<h2 id="${id}"><span class="${method}">${method.toUpperCase()}</span> <code>${escape(path)}</code></h2>
<p>${text(summary)}</p>
${more === undefined ? '' : `<p>${text(more)}</p>`}
${table('Query', query === undefined ? [] : Object.entries(query.shape).map(([name, field]) => [name, field.description ?? '']))}
${table('Headers', Object.entries(headers ?? {}))}
${table('Body', Object.entries(body ?? {}).map(schemaRow))}
${table(
  'Answers',
  Object.entries(answers).map(([status, [description, content = {}]]) => [
    status,
    [description, ...Object.entries(content).map((entry) => schemaRow(entry).join(' '))].join(' '),
  ]),
)}
</section>`;
}

function schemaRow([type, name]: readonly [string, string]): readonly [string, string] {
  return [type, name === 'text' || name === 'binary' ? '' : `\`${name}\``];
}

function table(caption: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(
    ([name, what]) => `<tr><th scope="row"><code>${escape(name)}</code></th><td>${text(what)}</td></tr>`,
  );
  return `<table><caption>${caption}</caption>${lines.join('')}</table>`;
}

/** Plain text, in which `code` is marked as in Markdown. */
function text(plain: string): string {
  return escape(plain).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function escape(plain: string): string {
  return plain
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const styles = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
section { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .5rem 0 }
h2 { font-size: 1.1rem; margin: .5rem 0 }
h2 span { font-size: .8rem; padding: .1rem .4rem; border-radius: .3rem; color: #fff; background: #1d5f3a }
h2 span.post { background: #7a3a00 }
code { font-family: ui-monospace, monospace; font-size: .92em }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 }
caption { text-align: left; font-weight: 600 }
th { text-align: left; font-weight: 400; vertical-align: top; width: 12rem; padding-right: 1rem }
`;
