/** The names of the spans in an ExportTraceServiceRequest, read apart from what wrote it. */
export function readSpans(request: Buffer): readonly { readonly name: string }[] {
  return within(request, 1)
    .flatMap((resourceSpans) => within(resourceSpans, 2))
    .flatMap((scopeSpans) => within(scopeSpans, 2))
    .map((span) => ({ name: within(span, 5)[0]?.toString('utf8') ?? '' }));
}

/** The contents of every field of that number which has a length. */
function within(message: Buffer, wanted: number): readonly Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message.readUInt8(at);
      at += 1;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    if (tag % 8 === 0) {
      varint();
      continue;
    }
    const length = tag % 8 === 1 ? 8 : tag % 8 === 5 ? 4 : varint();
    if (tag % 8 === 2 && Math.floor(tag / 8) === wanted) {
      found.push(message.subarray(at, at + length));
    }
    at += length;
  }
  return found;
}
