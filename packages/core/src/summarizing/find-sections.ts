/** Which of a strategy's sections a summary has, in the strategy's words. */
export type Sections = { readonly present: readonly string[]; readonly missing: readonly string[] };

const maxHeadingCharacters = 100;
const minWordCharacters = 4;

/** Headings are compared loosely: their marks, case, numbers and what stands in brackets do not matter. */
export function findSections(text: string, required: readonly string[]): Sections {
  const headings = text.split('\n').flatMap((line) => headingIn(line) ?? []);
  const has = (section: string) => {
    const wanted = normal(section);
    return headings.some((heading) => isSame(heading, wanted));
  };
  return {
    present: required.filter((section) => has(section)),
    missing: required.filter((section) => !has(section)),
  };
}

/** `## Goals`, `**Goals**`, `Goals:`, `1. Goals:` and `<goals>`; a bold or bare one may have text behind its colon. */
function headingIn(line: string): string | undefined {
  const text = line.slice(0, 4 * maxHeadingCharacters).trim();
  const found =
    /^#{1,6}\s+(.{1,400})$/u.exec(text)?.[1] ??
    /^(?:[-*]\s+|\d{1,2}[.)]\s+)?(?:\*\*|__)([^*_]{1,200})(?:\*\*|__)/u.exec(text)?.[1] ??
    /^<([a-z][\w -]{1,60})>$/iu.exec(text)?.[1] ??
    /^(?:\d{1,2}[.)]\s+)?([^:]{1,100}):(?:\s|$)/u.exec(text)?.[1];
  const heading = found === undefined ? '' : normal(found);
  return heading === '' || heading.length > maxHeadingCharacters ? undefined : heading;
}

function normal(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\([^)]*\)/gu, ' ')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^\s*\d+\s/u, '')
    .trim();
}

function isSame(heading: string, wanted: string): boolean {
  const [shorter, longer] = heading.length < wanted.length ? [heading, wanted] : [wanted, heading];
  return shorter === longer || (shorter.length >= minWordCharacters && longer.startsWith(shorter));
}
