/** Where an entry stands on disk. */
export interface SpoolRef {
  readonly segment: object;
  readonly ordinal: number;
}
