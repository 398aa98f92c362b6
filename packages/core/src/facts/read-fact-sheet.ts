import { decodePaths } from './path-list.ts';
import type { ListedPath } from './path-list.ts';

/** The title of the section that lists files. */
const filesTitle = '### Files';

/** The files that a summary's sheet lists, each with its whole path. */
export function filesInSheet(text: string): readonly ListedPath[] {
  const lines = text.split('\n');
  const start = lines.indexOf(filesTitle);
  if (start === -1) return [];
  const behind = lines.slice(start + 1);
  const end = behind.findIndex((line) => line.startsWith('#') || line.startsWith('</'));
  return decodePaths(end === -1 ? behind : behind.slice(0, end));
}
