/** Spans that say what a session is, who acted in it and what was compacted; by them a list knows its sessions. */
const telling = [
  'name = "compact.run"',
  'span."compact.session_id" != nil',
  'span."gen_ai.conversation.id" != nil',
  'span."gen_ai.agent.name" != nil',
  'span."gen_ai.request.model" != nil',
].join(' || ');

const told = [
  'compact.session_id',
  'compact.outcome',
  'compact.agent',
  'compact.model',
  'gen_ai.conversation.id',
  'gen_ai.agent.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
].map((key) => `span."${key}"`);

/** Traces of agents, of one service where it is given, with what their spans tell of sessions. Newest first. */
export function listQuery(service: string | undefined): string {
  const ofService = service === undefined ? '' : `resource.service.name = ${text(service)} && `;
  return `{ ${ofService}(${telling}) } | select(name, ${told.join(', ')}) with (most_recent=true)`;
}

/** Traces in which a span names the session. */
export function sessionQuery(id: string): string {
  const named = ['compact.session_id', 'gen_ai.conversation.id'].map((key) => `span."${key}" = ${text(id)}`);
  return `{ ${named.join(' || ')} } with (most_recent=true)`;
}

/** A text in the language's quotes. Its escapes are those of JSON. */
function text(value: string): string {
  return JSON.stringify(value);
}
