import { sessionSql, type AttributeColumn } from './attribute-sql.ts';

const columns = `
       TraceId AS traceId, SpanId AS id, ParentSpanId AS parentId, SpanName AS name, SpanKind AS kind,
       toString(toUnixTimestamp64Nano(Timestamp)) AS start, toString(Duration) AS duration,
       StatusCode AS status, StatusMessage AS statusMessage, ServiceName AS service,
       ScopeName AS scope, ScopeVersion AS scopeVersion, SpanAttributes AS attrs,
       arrayMap(time -> toString(toUnixTimestamp64Nano(time)), \`Events.Timestamp\`) AS eventTimes,
       \`Events.Name\` AS eventNames, \`Events.Attributes\` AS eventAttrs,
       \`Links.TraceId\` AS linkTraces, \`Links.SpanId\` AS linkSpans`;

/** Every span of the traces that name the session `{id:String}`, and of the trace with that id. */
export function readSql(column: AttributeColumn): string {
  return `
SELECT ${columns}
FROM {database:Identifier}.{table:Identifier}
WHERE ${ofSession(column)}
ORDER BY Timestamp, TraceId, SpanId`;
}

/** What changes when a span of the session comes. */
export function probeSql(column: AttributeColumn): string {
  return `SELECT toString(count()) AS mark FROM {database:Identifier}.{table:Identifier} WHERE ${ofSession(column)}`;
}

/** Spans of all sessions that ended at `{since:Int64}`, in milliseconds, or later. */
export function recentSql(): string {
  return `
SELECT ${columns}
FROM {database:Identifier}.{table:Identifier}
WHERE ${recent}
ORDER BY Timestamp, TraceId, SpanId`;
}

export function recentProbeSql(): string {
  return `
SELECT concat(toString(count()), ' ', toString(max(Timestamp))) AS mark
FROM {database:Identifier}.{table:Identifier}
WHERE ${recent}`;
}

/** A span has the time of its beginning; no span is taken to last longer than a day. */
const recent = `Timestamp >= fromUnixTimestamp64Milli({since:Int64} - 86400000)
  AND addNanoseconds(Timestamp, Duration) >= fromUnixTimestamp64Milli({since:Int64})`;

function ofSession(column: AttributeColumn): string {
  // What the index over the map's values can rule out is not read.
  const index = column === 'map' ? 'has(mapValues(SpanAttributes), {id:String}) AND ' : '';
  return `TraceId = {id:String} OR TraceId IN (
  SELECT DISTINCT TraceId FROM {database:Identifier}.{table:Identifier}
  WHERE ${index}${sessionSql(column)} = {id:String})`;
}
