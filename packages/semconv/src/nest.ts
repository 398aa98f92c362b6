export type Tree = { [key: string]: unknown };

/**
 * Undoes the flattening: `{ 'compact.window.limit': 1 }` below `compact` is `{ window: { limit: 1 } }`.
 * Keys outside the prefix are left out. Where a key is both a value and a branch, the branch wins.
 */
export function nest(attributes: Readonly<Record<string, unknown>>, prefix: string): Tree {
  const root: Tree = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (!key.startsWith(`${prefix}.`)) continue;
    const path = key.slice(prefix.length + 1).split('.');
    if (!path.includes('__proto__')) place(root, path, value);
  }
  return root;
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function place(root: Tree, path: readonly string[], value: unknown): void {
  let branch = root;
  for (const segment of path.slice(0, -1)) {
    const next = Object.hasOwn(branch, segment) ? branch[segment] : undefined;
    const child = isTree(next) ? { ...next } : {};
    branch[segment] = child;
    branch = child;
  }
  const leaf = path.at(-1) ?? '';
  if (!Object.hasOwn(branch, leaf) || !isTree(branch[leaf])) branch[leaf] = value;
}
