import type { SpanLink, StoredSpan, StoredTrace } from '../wire.ts';

/** A span on its way in. Its name may be missing: an event that only closes a span need not repeat it. */
export type IncomingSpan = Omit<StoredSpan, 'cursor' | 'name' | 'links'> & {
  readonly type: 'span';
  readonly name?: string;
  readonly links?: readonly Omit<SpanLink, 'id'>[];
};

/** What a request brings, in one shape for every protocol. */
export type Incoming = IncomingSpan | (StoredTrace & { readonly type: 'trace' });
