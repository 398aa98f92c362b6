import { StreamMessage } from '@clew/trace-model';
import { factsOf, type AriadneEvent } from '../ariadne/ariadne-event.ts';
import type { TraceFacts } from '../plugin/trace-host.ts';
import { createHostStore, type HostOptions, type HostStore } from './host-store.ts';
import { createFeed } from './trace-feed.ts';

export type FileHost = HostStore & {
  /** Lines that could not be read, by their number from 1. */
  readonly unreadable: readonly number[];
};

/**
 * Reads spans from a file that was dropped: a JSON document a line, each a message of a Clew host's stream or an
 * Ariadne event. Lines that are neither are left out and told.
 */
export async function createFileHost(file: Pick<Blob, 'text'>, options: HostOptions = {}): Promise<FileHost> {
  const feed = createFeed();
  const unreadable: number[] = [];
  for (const [at, line] of (await file.text()).split('\n').entries()) {
    if (line.trim() === '') continue;
    const facts = readLine(line);
    if (facts === undefined) unreadable.push(at + 1);
    else feed.add(facts);
  }
  return { ...createHostStore(feed, options), unreadable };
}

function readLine(line: string): Partial<TraceFacts> | undefined {
  const value = parse(line);
  if (isAriadneEvent(value)) return factsOf([value]);
  const { data: message } = StreamMessage.safeParse(value);
  if (message === undefined) return undefined;
  return message.type === 'span'
    ? { spans: [{ ...message, revision: message.cursor }] }
    : { traces: [message] };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isAriadneEvent(value: unknown): value is AriadneEvent {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('trace_id' in value))
    return false;
  if (typeof value.trace_id !== 'string') return false;
  if (value.type === 'trace') return true;
  return value.type === 'span' && 'span_id' in value && typeof value.span_id === 'string';
}
