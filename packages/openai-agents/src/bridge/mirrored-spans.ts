import type { SdkSpan } from '../sdk-span.ts';

const mirrored = new WeakSet<SdkSpan>();

/** Marks a span of the SDK as the image of an OTel span, which must not become a second one. */
export function markMirrored(span: SdkSpan): void {
  mirrored.add(span);
}

export function isMirrored(span: SdkSpan): boolean {
  return mirrored.has(span);
}
