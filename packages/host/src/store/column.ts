/** Text for a column: nothing for an empty string, and no NUL, at which the driver would cut it when reading. */
export function column(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  return text.replaceAll('\0', '\uFFFD');
}

/** About how many bytes a row is on the wire: its variable parts, and a bit for the rest. */
export function sizeOf(parts: readonly (string | null)[]): number {
  return parts.reduce((sum, part) => sum + (part === null ? 0 : Buffer.byteLength(part)), 256);
}
