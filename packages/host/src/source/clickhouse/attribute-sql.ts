/** The attributes that statements read. Only these stand in the text of a statement; what users say never does. */
export type StatementAttribute =
  | 'compact.session_id'
  | 'compact.outcome'
  | 'compact.agent'
  | 'compact.model'
  | 'gen_ai.conversation.id'
  | 'gen_ai.agent.name'
  | 'gen_ai.request.model'
  | 'gen_ai.response.model';

/** How a table keeps attributes: the Collector's exporter makes a map of texts, or a JSON column where asked to. */
export type AttributeColumn = 'map' | 'json';

/** An attribute of a span as text in a statement, empty where it is missing. */
export function attributeSql(column: AttributeColumn, key: StatementAttribute): string {
  if (column === 'map') return `SpanAttributes['${key}']`;
  const path = key
    .split('.')
    .map((part) => `\`${part}\``)
    .join('.');
  return `ifNull(toString(SpanAttributes.${path}), '')`;
}

/** The session that a span names, empty where it names none. */
export function sessionSql(column: AttributeColumn): string {
  const own = attributeSql(column, 'compact.session_id');
  return `if(${own} != '', ${own}, ${attributeSql(column, 'gen_ai.conversation.id')})`;
}
