/** A path and how it was touched. */
export type ListedPath = { readonly text: string; readonly how?: string | undefined };

const plainPath = /^[^\s"():]+$/u;
const listedName = /^([^\s"():]+)(?:\(([rwedx]{1,5})\))?$/u;
const quotedPath = /^("(?:[^"\\]|\\.){0,2000}")(?:\(([rwedx]{1,5})\))?$/u;
/** A folder of folders is worth a line of its own where it saves this many characters. */
const worthwhileCharacters = 24;

/**
 * The first paths in full, and names without a folder, on a line; the others by folder, a folder a line:
 * `src/a/: b.ts(re) c.ts`. Lines beneath a line that only names a folder are relative to it and begin with two
 * spaces. A path that this could not tell apart stands by itself as a JSON string. `decodePaths` gives each back
 * exactly.
 */
export function encodePaths(paths: readonly ListedPath[], inFull: number = 0): readonly string[] {
  const full: string[] = [];
  const folders = new Map<string, string[]>();
  const odd: string[] = [];
  for (const [index, { text, how }] of paths.entries()) {
    const mark = how === undefined ? '' : `(${how})`;
    const { folder, name } = splitPath(text);
    if (!plainPath.test(text) || /^[#<]/u.test(text)) odd.push(`${JSON.stringify(text)}${mark}`);
    else if (index < inFull || folder === '') full.push(`${text}${mark}`);
    else folders.set(folder, [...(folders.get(folder) ?? []), `${name}${mark}`]);
  }
  return [...(full.length === 0 ? [] : [full.join(' ')]), ...foldersBeneath(folders), ...odd];
}

/** Every path of such a list, in full. Lines that are none are skipped. */
export function decodePaths(lines: readonly string[]): readonly ListedPath[] {
  let root = '';
  return lines.flatMap((line): readonly ListedPath[] => {
    const quoted = quotedPath.exec(line);
    if (quoted?.[1] !== undefined) return [{ text: unquote(quoted[1]), how: quoted[2] }];
    const [head = '', ...names] = line.trim().split(' ');
    if (!head.endsWith('/:')) return [head, ...names].flatMap((name) => listedAs(name, ''));
    const folder = head.slice(0, -1);
    if (!line.startsWith('  ')) root = names.length === 0 ? folder : '';
    const prefix = `${line.startsWith('  ') ? root : ''}${folder}`;
    return names.flatMap((name) => listedAs(name, prefix));
  });
}

function listedAs(name: string, prefix: string): readonly ListedPath[] {
  const [, text, how] = listedName.exec(name) ?? [];
  return text === undefined ? [] : [{ text: `${prefix}${text}`, how }];
}

/** The folder of a path with its slash, and what is in it; a folder is in the folder above. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const at = path.lastIndexOf('/', path.length - 2);
  return at === -1 ? { folder: '', name: path } : { folder: path.slice(0, at + 1), name: path.slice(at + 1) };
}

/** A line a folder; those that share a long beginning stand beneath it. */
function foldersBeneath(folders: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const line = (folder: string, names: readonly string[]) => `${folder}: ${names.join(' ')}`;
  const root = bestRoot([...folders.keys()]);
  if (root === undefined) return [...folders].map(([folder, names]) => line(folder, names));
  const isInside = (folder: string) => folder.startsWith(root) && folder !== root;
  const inside = [...folders].filter(([folder]) => isInside(folder));
  const rest = new Map([...folders].filter(([folder]) => !isInside(folder)));
  return [
    ...foldersBeneath(rest),
    `${root}:`,
    ...inside.map(([folder, names]) => `  ${line(folder.slice(root.length), names)}`),
  ];
}

/** The folder above others whose name on a line of its own saves most. */
function bestRoot(folders: readonly string[]): string | undefined {
  const beneath = new Map<string, number>();
  for (const folder of folders) {
    for (
      let { folder: above } = splitPath(folder);
      above !== '' && above !== '/';
      above = splitPath(above).folder
    ) {
      beneath.set(above, (beneath.get(above) ?? 0) + 1);
    }
  }
  let best: { readonly root: string; readonly saved: number } | undefined;
  for (const [root, count] of beneath) {
    const saved = (count - 1) * (root.length - 2);
    if (saved > Math.max(best?.saved ?? 0, worthwhileCharacters)) best = { root, saved };
  }
  return best?.root;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.slice(1, -1);
  }
}
