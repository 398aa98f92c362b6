export { FsArchive } from './fs-archive.ts';
export type { FsArchiveOptions } from './fs-archive.ts';
export { FsSessionStore } from './fs-session-store.ts';
export type { FsSessionStoreOptions } from './fs-session-store.ts';
