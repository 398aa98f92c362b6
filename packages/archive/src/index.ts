export { FsArchive } from './fs-archive.ts';
export type { FsArchiveOptions } from './fs-archive.ts';
export { MemoryArchive } from './memory-archive.ts';
