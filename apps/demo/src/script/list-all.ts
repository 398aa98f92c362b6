import { calls } from './calls.ts';
import { type ListedFile, readListing } from './outputs.ts';
import { type Passage, use } from './playbook.ts';

const maxPages = 3;

/** Lists a folder to its end, or for as many pages as a patient reader turns. */
export function* listAll(under: string | null, endsWith: string | null): Passage<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  let from: number | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const listing = readListing(yield* use(calls.list(under, endsWith, from)));
    files.push(...listing.files);
    if (listing.next === undefined) break;
    from = listing.next;
  }
  return files;
}

/** Source files that are not tests. */
export function isSource({ path }: ListedFile): boolean {
  return /\/src\/.*\.tsx?$/u.test(path) && !/\.(?:test|property)\.tsx?$/u.test(path);
}
