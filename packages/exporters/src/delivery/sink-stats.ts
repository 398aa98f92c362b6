/** Why something did not arrive. */
export type DropReason =
  /** The memory set aside was full. */
  | 'queue_full'
  /** The folder set aside on disk was full, and the oldest left it. */
  | 'spool_full'
  /** Larger than the receiver takes, also after its texts were cut. */
  | 'oversize'
  /** The receiver called it invalid. */
  | 'rejected'
  /** The receiver failed on it again and again. */
  | 'server_error'
  /** It could not be written down. */
  | 'unencodable'
  /** The exporter behind the sink reported a failure, or never reported. */
  | 'export_failed'
  /** It was left, or came, when the sink shut down. */
  | 'shutdown';

/**
 * `emitted = delivered + Σ dropped + pending + spooled`, in the sink's unit: spans, or events of them. What an earlier
 * process left in the spool counts as emitted when it is taken over.
 */
export type SinkStats = {
  readonly name: string;
  readonly emitted: number;
  readonly delivered: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Waiting or on its way. */
  readonly pending: number;
  readonly pendingBytes: number;
  /** How many of the pending are on disk, where they survive the process. */
  readonly pendingOnDisk?: number;
  /** Left on disk at the shutdown, for the next process. */
  readonly spooled: number;
};

export function droppedCount(stats: SinkStats): number {
  return Object.values(stats.dropped).reduce((sum, count) => sum + count, 0);
}
