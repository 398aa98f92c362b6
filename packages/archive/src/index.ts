export { FsArchive } from './fs/fs-archive.ts';
export type { FsArchiveOptions } from './fs/fs-archive.ts';
export type { Retention, RetentionReason } from './fs/retention.ts';
export type { SweepReport } from './fs/sweep.ts';
export { FsSessionStore } from './fs/fs-session-store.ts';
export type { FsSessionStoreOptions } from './fs/fs-session-store.ts';
export { MemoryArchive } from './memory-archive.ts';
