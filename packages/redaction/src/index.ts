export { createRedactor } from './redactor.ts';
export type { Redactor, RedactorOptions } from './redactor.ts';
export type { RedactedText, RedactedTree } from './redacted.ts';
export { isSensitiveKey } from './sensitive-key.ts';
export { RedactionError } from './redaction-error.ts';
export type { RedactionErrorCode } from './redaction-error.ts';
export type { PersonalData } from './personal-patterns.ts';
