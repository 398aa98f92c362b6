import { GenAi } from '@clew/semconv';
import { foreignEvents } from '@clew/trace-model';

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
    // Tools that tell of a compaction by an event name their session so.
    name !== undefined && foreignEvents.includes(name) && attrs['session.id'],
  ];
  return candidates.find((value): value is string => typeof value === 'string' && value !== '');
}
