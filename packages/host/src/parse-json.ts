/** The value of JSON in UTF-8; nothing for what is not JSON. What is not UTF-8 is replaced, as in a browser. */
export function parseJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  try {
    // A byte order mark is no part of the text.
    return { value: JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) };
  } catch {
    return undefined;
  }
}
