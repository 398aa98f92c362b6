/** A piece of a text: to be shown as it is, or a mark that stands for what would act, or could not be seen. */
export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string; readonly meaning: string };

// Escape sequences of terminals; control characters but tab and line end; what turns the direction of text, has no
// width, ends a line unseen, or carries letters that nobody sees. Joiners stay: scripts and emoji need them.
const unseen = new RegExp(
  [
    String.raw`\u001b\[[0-?]*[ -\/]*[@-~]`,
    String.raw`\u001b\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)`,
    String.raw`\r(?!\n)`,
    String.raw`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f]`,
    String.raw`[\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e01ef}]`,
  ].join('|'),
  'gu',
);

/**
 * Cuts a text into what may be shown as it is and marks for the rest, so that what is read is what was there: nothing
 * in it colours, turns, hides or ends anything around it. Equal marks in a row become one.
 */
export function readableText(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(unseen)) {
    if (index > from) pieces.push({ kind: 'text', text: text.slice(from, index) });
    pieces.push(markFor(found));
    from = index + found.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return joined(pieces);
}

function markFor(found: string): TextPiece {
  if (found.length > 2) {
    const sequence = found.replaceAll('\u001B', '').replaceAll('\u0007', '');
    return { kind: 'mark', text: `ESC${sequence}`, meaning: 'a command for a terminal' };
  }
  const code = found.codePointAt(0) ?? 0;
  return {
    kind: 'mark',
    text: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
    meaning: meaningOf(code),
  };
}

function meaningOf(code: number): string {
  if (code === 0x61c || code === 0x200e || code === 0x200f) return 'turns the direction of text';
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) {
    return 'turns the direction of text';
  }
  if (code >= 0xe0000) return 'a letter that nobody sees';
  return code < 0xa0 ? 'a control character' : 'a character that nobody sees';
}

function joined(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const result: TextPiece[] = [];
  let times = 1;
  for (const [at, piece] of pieces.entries()) {
    const next = pieces[at + 1];
    if (piece.kind === 'mark' && next?.kind === 'mark' && next.text === piece.text) {
      times += 1;
      continue;
    }
    result.push(times === 1 ? piece : { ...piece, text: `${piece.text} ×${times}` });
    times = 1;
  }
  return result;
}

/** A name or an address in one line, with the same marks, and cut short where it is long. */
export function readableLine(text: string): string {
  const line = readableText(clipped(text, 300)).map((piece) => piece.text);
  return line.join('') + (text.length > 300 ? '…' : '');
}

/** The first characters of a text, at most `limit`, with no character cut in half. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
