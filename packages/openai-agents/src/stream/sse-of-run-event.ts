import type { RunItemStreamEvent, RunStreamEvent } from '@openai/agents-core';
import { compactionIn } from './run-stream-event.ts';
import type { SseRecord } from './sse-record.ts';

export type SseContent = {
  /**
   * Of a tool's call and its result, `names` sends the kind, the name and the ids; `full` sends the item, with arguments
   * and outputs. Default `names`: what a tool answers is not always for the one who asked.
   */
  readonly items?: 'names' | 'full' | undefined;
};

/** What a front end is told of an event of a run; `undefined` where that is nothing. */
export function sseOfRunEvent(
  event: RunStreamEvent,
  { items = 'names' }: SseContent = {},
): SseRecord | undefined {
  const compaction = compactionIn(event);
  if (compaction !== undefined) return { event: compaction.type, data: compaction };
  switch (event.type) {
    case 'raw_model_stream_event': {
      if (event.data.type !== 'output_text_delta') return undefined;
      const type = 'response.output_text.delta';
      return { event: type, data: { type, delta: event.data.delta } };
    }
    case 'agent_updated_stream_event': {
      const type = 'agent.updated';
      return { event: type, data: { type, agent: event.agent.name } };
    }
    case 'run_item_stream_event': {
      const type = `run_item.${event.name}`;
      return { event: type, data: { type, item: items === 'full' ? event.item.toJSON() : namesOf(event) } };
    }
  }
}

/** Which fields of an item are no content. */
const names = ['type', 'id', 'callId', 'name', 'status'] as const;

function namesOf({ item }: RunItemStreamEvent): Readonly<Record<string, unknown>> {
  const raw: unknown = item.rawItem;
  if (typeof raw !== 'object' || raw === null) return { type: item.type };
  const told = names.flatMap((name): [string, unknown][] => {
    const value: unknown = Reflect.get(raw, name);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries([...told, ['type', item.type]]);
}
