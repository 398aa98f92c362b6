/** What could not be read, and where: `summary.version`. */
export type Issue = { readonly path: string; readonly message: string };

export function issueAt(path: readonly PropertyKey[], message: string): Issue {
  return { path: path.map(String).join('.'), message };
}
