import { z } from 'zod';
import { CompactionFailed, CompactionStarted, OverflowRecovered } from '../events/lifecycle-event.ts';
import { MemoryCompacted } from '../events/memory-compacted.ts';

const Count = z.number().int().nonnegative();

const LineBase = z.object({
  schema_version: z.number().int().positive(),
  at: z.iso.datetime(),
  session_id: z.string(),
});

/** What is known of an item, and the item itself where content is kept. */
const Described = z.object({
  /** Of its content, as in the ledger of fates. */
  id: z.string(),
  role: z.string(),
  kind: z.string(),
  tool: z.string().exactOptional(),
  /** The call that it belongs to. */
  pair: z.string().exactOptional(),
  tokens: Count,
  item: z.unknown().optional(),
});

/**
 * An item has joined the conversation. At a position that another one has, it takes its place, and whatever stood
 * behind that is no longer there: the history was edited.
 */
export const ItemLine = LineBase.extend({
  type: z.literal('item'),
  position: Count,
  ...Described.shape,
});
export type ItemLine = z.infer<typeof ItemLine>;

/** The conversation ends here: what stood behind is no longer in it. */
export const CutLine = LineBase.extend({ type: z.literal('cut'), length: Count });
export type CutLine = z.infer<typeof CutLine>;

/** Items of the conversation as they are, from one position to before another. */
const Range = z.object({ from: Count, to: Count });
/** An item that the engine made: a summary, or at a position a shortened copy. */
const Made = Described.extend({ position: Count.exactOptional() });
export const ContextPart = z.union([Range, Made]);
export type ContextPart = z.infer<typeof ContextPart>;

/** What the model is sent from now on, in order: these parts, and then every item from position `length` on. */
export const ContextLine = LineBase.extend({
  type: z.literal('context'),
  length: Count,
  parts: z.array(ContextPart),
  /** Names the splice that is in force. Empty: none is. */
  splice: z.string(),
});
export type ContextLine = z.infer<typeof ContextLine>;

/** A line of a run log. */
export const RunLogLine = z.discriminatedUnion('type', [
  ItemLine,
  CutLine,
  ContextLine,
  CompactionStarted,
  CompactionFailed,
  MemoryCompacted,
  OverflowRecovered,
]);
export type RunLogLine = z.infer<typeof RunLogLine>;

/** @returns `undefined` for what is no line of ours: of a later version, or cut short by a crash */
export function parseRunLogLine(text: string): RunLogLine | undefined {
  try {
    return RunLogLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
