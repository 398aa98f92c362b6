import { GenAi } from '@clew/semconv';

/** The session that a span belongs to: from a compaction's record in either form, else the conversation's id. */
export function sessionId(
  name: string | undefined,
  attrs: Readonly<Record<string, unknown>>,
): string | undefined {
  const isCompact = name?.startsWith('compact.') === true;
  const candidates = [
    isCompact && attrs['session_id'],
    attrs['compact.session_id'],
    attrs[GenAi.conversationId],
  ];
  return candidates.find((value): value is string => typeof value === 'string' && value !== '');
}
