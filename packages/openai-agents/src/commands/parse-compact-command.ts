export type CompactCommand =
  | { readonly kind: 'compact'; readonly note?: string }
  | { readonly kind: 'status' };

const command = /^\/compact(?:\s+(?<rest>[\s\S]*))?$/iu;

/**
 * `/compact`, `/compact what the summary should mind`, or `/compact status`; `undefined` for any other text. It must
 * be the whole message: a message that only speaks of the command is for the model.
 */
export function parseCompactCommand(text: string): CompactCommand | undefined {
  const found = command.exec(text.trim());
  if (found === null) return undefined;
  const note = found.groups?.['rest']?.trim() ?? '';
  if (note.toLowerCase() === 'status') return { kind: 'status' };
  return note === '' ? { kind: 'compact' } : { kind: 'compact', note };
}
