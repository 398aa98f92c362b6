import type { SessionQuery } from '../session-query.ts';
import { attributeSql, sessionSql, type AttributeColumn, type StatementAttribute } from './attribute-sql.ts';
import type { Parameters } from './clickhouse-client.ts';

export type Statement = { readonly sql: string; readonly parameters: Parameters };

/** Where the page before ended: microseconds of the last activity, and the id. */
export type ListAfter = { readonly end: number; readonly id: string };

/**
 * The sessions of a query, newest activity first. Spans are folded into traces, and traces into the sessions that
 * they name: a trace counts for each of its sessions. Times are in whole microseconds.
 */
export function listSql(
  column: AttributeColumn,
  query: SessionQuery,
  { since, after }: { readonly since: number; readonly after: ListAfter | undefined },
): Statement {
  const { conditions, parameters } = chosen(query, after);
  const named = sessionSql(column);
  const texts = (...keys: readonly StatementAttribute[]): string =>
    `arrayFilter(x -> x != '', [${keys.map((key) => attributeSql(column, key)).join(', ')}])`;
  return {
    sql: `
SELECT id,
       argMin(root, begun) AS name,
       toString(min(begun)) AS start,
       toString(max(ended)) AS end,
       toString(sum(spanCount)) AS spans,
       toString(sum(errorCount)) AS errors,
       toString(sum(cutCount)) AS cuts,
       arraySort(groupUniqArrayArray(traceServices)) AS services,
       arraySort(groupUniqArrayArray(traceAgents)) AS agents,
       arraySort(groupUniqArrayArray(traceModels)) AS models
FROM (
  SELECT TraceId,
         groupUniqArrayIf(${named}, ${named} != '') AS named,
         argMin(SpanName, (ParentSpanId != '', Timestamp)) AS root,
         min(toUnixTimestamp64Micro(Timestamp)) AS begun,
         max(toUnixTimestamp64Micro(Timestamp) + toInt64(intDiv(Duration, 1000))) AS ended,
         uniqExact(SpanId) AS spanCount,
         uniqExactIf(SpanId, StatusCode IN ('Error', 'STATUS_CODE_ERROR')) AS errorCount,
         uniqExactIf(SpanId, SpanName = 'compact.run'
           AND ${attributeSql(column, 'compact.outcome')} IN ('compacted', 'pruned_only', 'fallback', 'restored')) AS cutCount,
         groupUniqArray(toString(ServiceName)) AS traceServices,
         groupUniqArrayArray(${texts('compact.agent', 'gen_ai.agent.name')}) AS traceAgents,
         groupUniqArrayArray(${texts('compact.model', 'gen_ai.request.model', 'gen_ai.response.model')}) AS traceModels
  FROM {database:Identifier}.{table:Identifier}
  WHERE Timestamp >= fromUnixTimestamp64Milli({since:Int64})
  GROUP BY TraceId
)
ARRAY JOIN if(empty(named), [TraceId], named) AS id
GROUP BY id
HAVING ${['1', ...conditions].join('\n   AND ')}
ORDER BY max(ended) DESC, id
LIMIT {limit:UInt32}`,
    parameters: { ...parameters, since, limit: query.limit + 1 },
  };
}

function chosen(
  { text, service, agent, model, compacted, from, to }: SessionQuery,
  after: ListAfter | undefined,
): { readonly conditions: readonly string[]; readonly parameters: Parameters } {
  const filters: readonly (readonly [string, Parameters | undefined])[] = [
    [
      "positionCaseInsensitiveUTF8(arrayStringConcat(arrayConcat([id, name], services, agents, models), '\\n'), {text:String}) > 0",
      text === undefined ? undefined : { text },
    ],
    ['has(services, {service:String})', service === undefined ? undefined : { service }],
    ['has(agents, {agent:String})', agent === undefined ? undefined : { agent }],
    ['has(models, {model:String})', model === undefined ? undefined : { model }],
    [
      '(sum(cutCount) > 0) = {compacted:Bool}',
      compacted === undefined ? undefined : { compacted: String(compacted) },
    ],
    ['max(ended) >= {from:Int64}', from === undefined ? undefined : { from: Math.floor(from * 1000) }],
    ['min(begun) < {to:Int64}', to === undefined ? undefined : { to: Math.ceil(to * 1000) }],
    [
      '(max(ended) < {afterEnd:Int64} OR (max(ended) = {afterEnd:Int64} AND id > {afterId:String}))',
      after && { afterEnd: after.end, afterId: after.id },
    ],
  ];
  const used = filters.flatMap(([condition, values]) =>
    values === undefined ? [] : [{ condition, values }],
  );
  return {
    conditions: used.map(({ condition }) => condition),
    parameters: Object.assign({}, ...used.map(({ values }) => values)),
  };
}
