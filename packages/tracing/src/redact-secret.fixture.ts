import type { Redacted } from './content-gate.ts';
import { secret } from './run-fixture.fixture.ts';

/** A redactor that knows one secret. */
export function redactSecret(text: string): Redacted {
  return { text: text.replaceAll(secret, '<REDACTED>'), count: text.split(secret).length - 1 };
}
