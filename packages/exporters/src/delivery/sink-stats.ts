/** Why something did not arrive. */
export type DropReason =
  /** The memory set aside was full. */
  | 'queue_full'
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

/** `emitted = delivered + Σ dropped + pending`, in the sink's unit: spans, or events of them. */
export type SinkStats = {
  readonly name: string;
  readonly emitted: number;
  readonly delivered: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
  /** Waiting or on its way. */
  readonly pending: number;
  readonly pendingBytes: number;
};

export function droppedCount(stats: SinkStats): number {
  return Object.values(stats.dropped).reduce((sum, count) => sum + count, 0);
}
