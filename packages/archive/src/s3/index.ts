export { S3Archive } from './s3-archive.ts';
export type { S3ArchiveOptions } from './s3-archive.ts';
