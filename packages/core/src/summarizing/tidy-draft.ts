const fence = /^\s{0,3}(```+|~~~+)/u;

/**
 * A model's answer without its wrapping: reasoning that some servers leave in the text, a code fence around the
 * whole, and a fence that was opened and never closed, which would swallow what stands behind the summary.
 */
export function tidyDraft(text: string): string {
  const tidy = unwrapped(withoutThoughts(text).trim());
  const open = openFence(tidy);
  return open === undefined ? tidy : `${tidy}\n${open}`;
}

/** Thoughts stand first; what never ends is all thought. */
function withoutThoughts(text: string): string {
  const opened = /^\s*<(think|thinking|reasoning|analysis)>/iu.exec(text);
  if (opened === null) return text;
  const close = `</${opened[1]?.toLowerCase()}>`;
  const end = text.toLowerCase().indexOf(close);
  return end === -1 ? '' : withoutThoughts(text.slice(end + close.length));
}

function unwrapped(text: string): string {
  const lines = text.split('\n');
  const mark = /^(```+|~~~+)\s*(?:markdown|md|text)?\s*$/iu.exec(lines[0] ?? '')?.[1];
  if (mark === undefined || lines.length < 2 || lines.at(-1)?.trim() !== mark) return text;
  const inner = lines.slice(1, -1);
  return inner.some((line) => line.trim() === mark) ? text : inner.join('\n').trim();
}

function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const mark = fence.exec(line)?.[1];
    if (mark === undefined) continue;
    if (open === undefined) open = mark;
    else if (mark.startsWith(open)) open = undefined;
  }
  return open;
}
