import { z } from 'zod';

const Size = z.object({ cursor: z.number(), bytes: z.number() });

/** The cursor at which a page ends, of rows in order: before the row that would pass `maxBytes`, but after one at least. */
export function endOfPage(rows: readonly unknown[], maxBytes: number): number | undefined {
  const sizes = rows.map((row) => Size.parse(row));
  let bytes = 0;
  const overflow = sizes.findIndex((size, index) => (bytes += size.bytes) > maxBytes && index > 0);
  return (overflow === -1 ? sizes.at(-1) : sizes[overflow - 1])?.cursor;
}
