/** Text that is part of a key: without NUL, at which the driver would cut it when reading. */
export function key(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
}
