export { FsArchive } from './fs/fs-archive.ts';
export type { FsArchiveOptions } from './fs/fs-archive.ts';
export { MemoryArchive } from './memory-archive.ts';
