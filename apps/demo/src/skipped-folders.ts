const skipped: ReadonlySet<string> = new Set([
  'node_modules',
  'dist',
  'coverage',
  '.git',
  '.compact',
  '.clew',
  '.env',
]);

/** Whether a folder or file of this name is none of the agent's business: not source, or secret. */
export function isSkipped(name: string): boolean {
  return skipped.has(name);
}
