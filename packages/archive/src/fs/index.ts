export { FsArchive } from './fs-archive.ts';
export type { FsArchiveOptions } from './fs-archive.ts';
export type { Retention, RetentionReason } from './retention.ts';
export type { SweepReport } from './sweep.ts';
export { FsSessionStore } from './fs-session-store.ts';
export type { FsSessionStoreOptions } from './fs-session-store.ts';
export { FsRunLog } from './fs-run-log.ts';
export type { FsRunLogOptions, RunLogSync } from './fs-run-log.ts';
export { FsMetricsStore } from './fs-metrics-store.ts';
