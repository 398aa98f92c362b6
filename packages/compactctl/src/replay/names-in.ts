const url = /https?:\/\/[^\s"'`<>()[\]{}\\|^]{1,400}/gu;
const path = /(?:~|\.{1,2})?\/?(?:[\w@.+-]{1,100}\/){1,20}[\w@.+-]{1,100}\.[A-Za-z]\w{0,5}(?!\w)/gu;

/** The URLs, and the paths of files, that a text names. */
export function namesIn(text: string): ReadonlySet<string> {
  const urls = [...text.matchAll(url)].map(([found]) => found.replace(/[.,;:!?*]{1,10}$/u, ''));
  const rest = text.replace(url, ' ');
  return new Set([...urls, ...[...rest.matchAll(path)].map(([found]) => found)]);
}
