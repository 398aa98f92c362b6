import { crc32 } from 'node:zlib';
import type { Arrival, Rank } from '../delivery/bounded-queue.ts';
import type { EncodedSpan } from '../delivery/encoded-span.ts';
import { noGroup } from '../delivery/encoded-span.ts';

/**
 * One record of a segment, little-endian:
 *
 *     u32 bytes after the next field · u32 CRC-32 of them · u8 kind · …
 *     kind 1, a group: its bytes
 *     kind 2, an entry: u8 rank · u32 number of its group, from 1, or 0 · u32 seconds · u32 nanoseconds · its bytes
 *
 * Groups are numbered in the order in which they stand in the segment.
 */
const prefixBytes = 8;
const entryHeadBytes = 14;
const groupKind = 1;
const entryKind = 2;

/** A longer record than this was not written by us. */
const maxRecordBytes = 256 * 1024 * 1024;
/** So much memory is kept for putting records together. */
const maxDeskBytes = 1024 * 1024;

/** Valid until the next record is put together: it is meant to be written at once. */
export function groupRecord(group: Buffer): Buffer {
  const record = room(prefixBytes + 1 + group.length);
  record[prefixBytes] = groupKind;
  record.set(group, prefixBytes + 1);
  return framed(record);
}

/** Valid until the next record is put together: it is meant to be written at once. */
export function entryRecord({ payload, rank }: Arrival<EncodedSpan>, groupNumber: number): Buffer {
  const { bytes, startTime } = payload;
  const record = room(prefixBytes + entryHeadBytes + bytes.length);
  record[prefixBytes] = entryKind;
  record[prefixBytes + 1] = rank;
  record.writeUInt32LE(groupNumber, prefixBytes + 2);
  record.writeUInt32LE(startTime[0] >>> 0, prefixBytes + 6);
  record.writeUInt32LE(startTime[1] >>> 0, prefixBytes + 10);
  record.set(bytes, prefixBytes + entryHeadBytes);
  return framed(record);
}

export type SegmentContent = {
  readonly entries: readonly Arrival<EncodedSpan>[];
  /** Bytes at the end that are no whole record: the writer was stopped there, or the disk lied. */
  readonly tornBytes: number;
};

/** Reads a segment up to the first record that is not whole. */
export function readRecords(file: Buffer): SegmentContent {
  const groups: Buffer[] = [];
  const entries: Arrival<EncodedSpan>[] = [];
  let at = 0;
  for (let record = recordAt(file, at); record !== undefined; record = recordAt(file, at)) {
    if (record.readUInt8(0) === groupKind) {
      groups.push(record.subarray(1));
    } else {
      entries.push(entryOf(record, groups));
    }
    at += prefixBytes + record.length;
  }
  return { entries, tornBytes: file.length - at };
}

/** Records are put together here: one call writes a whole one, which costs less than handing over its parts. */
let desk = Buffer.allocUnsafe(64 * 1024);

function room(bytes: number): Buffer {
  if (bytes > desk.length) {
    // One of many megabytes would be kept for ever.
    if (bytes > maxDeskBytes) return Buffer.allocUnsafe(bytes);
    desk = Buffer.allocUnsafe(Math.min(2 * bytes, maxDeskBytes));
  }
  return desk.subarray(0, bytes);
}

function framed(record: Buffer): Buffer {
  record.writeUInt32LE(record.length - prefixBytes, 0);
  record.writeUInt32LE(crc32(record.subarray(prefixBytes)), 4);
  return record;
}

function recordAt(file: Buffer, at: number): Buffer | undefined {
  if (at + prefixBytes > file.length) {
    return undefined;
  }
  const length = file.readUInt32LE(at);
  const record = file.subarray(at + prefixBytes, at + prefixBytes + length);
  const isWhole = length > 0 && length <= maxRecordBytes && record.length === length;
  return isWhole && crc32(record) === file.readUInt32LE(at + 4) && isKnown(record) ? record : undefined;
}

function isKnown(record: Buffer): boolean {
  const kind = record.readUInt8(0);
  return kind === groupKind || (kind === entryKind && record.length >= entryHeadBytes);
}

function entryOf(record: Buffer, groups: readonly Buffer[]): Arrival<EncodedSpan> {
  const bytes = record.subarray(entryHeadBytes);
  const group = groups[record.readUInt32LE(2) - 1] ?? noGroup;
  const startTime: [number, number] = [record.readUInt32LE(6), record.readUInt32LE(10)];
  return {
    payload: { bytes, group, startTime },
    bytes: bytes.length,
    rank: rankOf(record.readUInt8(1)),
    at: 0,
  };
}

function rankOf(value: number): Rank {
  return value === 2 ? 2 : value === 1 ? 1 : 0;
}
