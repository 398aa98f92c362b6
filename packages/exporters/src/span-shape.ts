import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

type Parent = { readonly spanId: string; readonly isRemote?: boolean | undefined };
type Scope = ReadableSpan['instrumentationScope'] & {
  readonly attributes?: ReadableSpan['attributes'];
};

/** Fields that SDKs of other versions name otherwise: 1.x has `parentSpanId` and `instrumentationLibrary`. */
type OtherNames = { readonly parentSpanId?: string; readonly instrumentationLibrary?: Scope };

/** The parent, by whichever name the SDK gives it. */
export function parentOf(span: Pick<ReadableSpan, 'parentSpanContext'> & OtherNames): Parent | undefined {
  if (span.parentSpanContext !== undefined) {
    return span.parentSpanContext;
  }
  return span.parentSpanId ? { spanId: span.parentSpanId } : undefined;
}

/** The instrumentation scope, by whichever name the SDK gives it. */
export function scopeOf(span: Pick<ReadableSpan, 'instrumentationScope'> & OtherNames): Scope {
  const scope: Scope | undefined = span.instrumentationScope;
  return scope ?? span.instrumentationLibrary ?? { name: '' };
}
