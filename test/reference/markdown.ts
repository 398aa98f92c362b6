/** The head of a page that is written from a schema or from data. */
export function header(title: string, source: string): string {
  return `# ${title}\n\n_Generated from ${source} by \`test/reference\`. Do not edit._\n`;
}

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}
