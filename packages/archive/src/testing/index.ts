export { describeArchive } from './describe-archive.ts';
export type { ArchiveUnderTest } from './describe-archive.ts';
