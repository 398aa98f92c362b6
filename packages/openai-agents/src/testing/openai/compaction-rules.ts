import { z } from 'zod';
import { ApiRefusal } from './reply.ts';
import type { ResponsesItem } from './responses-rules.ts';

/** Strict, as the API is: a type that nobody knows, and a parameter beside these, are refused. */
export const ContextManagement = z.array(
  z.strictObject({
    type: z.literal('compaction'),
    compact_threshold: z.number().int().min(1).nullish(),
  }),
);

export type CompactionItem = {
  readonly type: 'compaction';
  readonly id: string;
  readonly encrypted_content: string;
};

/** What the double has compacted: nobody else can read it, and it is taken back only as it was given. */
export class SealedContexts {
  readonly #sealed = new Map<string, CompactionItem>();

  seal(items: readonly ResponsesItem[]): CompactionItem {
    const number = this.#sealed.size + 1;
    // As long as what a real one would be: it grows with what it stands for, and is far smaller.
    const noise = JSON.stringify(items.map(({ type, id }) => [type, id])).slice(0, 2000);
    const content = Buffer.from(`sealed ${number} ${noise}`).toString('base64');
    const item = { type: 'compaction', id: `cmp_${number}`, encrypted_content: content } as const;
    this.#sealed.set(content, item);
    return item;
  }

  /**
   * @param items an input
   * @returns what of it the model sees: what stands before the latest compaction is no part of it
   * @throws ApiRefusal where an item is not as the API gave it
   */
  visible(items: readonly ResponsesItem[]): readonly ResponsesItem[] {
    for (const [index, item] of items.entries()) {
      if (item.type !== 'compaction') continue;
      const known = this.#sealed.get(String(item['encrypted_content']));
      if (known !== undefined && (item.id === undefined || item.id === known.id)) continue;
      throw new ApiRefusal('The encrypted content could not be verified.', {
        code: 'invalid_encrypted_content',
        param: `input[${index}]`,
      });
    }
    const latest = items.findLastIndex(({ type }) => type === 'compaction');
    return latest === -1 ? items : items.slice(latest);
  }
}

/** Every parameter of `POST /v1/responses` that the double knows. */
export const responsesParameters: ReadonlySet<string> = new Set([
  'model',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'stream',
  'stream_options',
  'store',
  'include',
  'text',
  'reasoning',
  'temperature',
  'top_p',
  'max_output_tokens',
  'truncation',
  'metadata',
  'prompt',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options',
  'previous_response_id',
  'conversation',
  'context_management',
  'service_tier',
  'user',
]);

/** Those of `POST /v1/responses/compact`. */
export const compactParameters: ReadonlySet<string> = new Set([
  'model',
  'input',
  'instructions',
  'previous_response_id',
  'prompt_cache_key',
  'prompt_cache_options',
  'prompt_cache_retention',
  'service_tier',
]);

/** @throws ApiRefusal as the API says it of a parameter that it does not know */
export function checkKnown(body: unknown, known: ReadonlySet<string>): void {
  const unknown = Object.keys(Object(body) as object).find((key) => !known.has(key));
  if (unknown === undefined) return;
  throw new ApiRefusal(`Unknown parameter: '${unknown}'.`, { param: unknown, code: 'unknown_parameter' });
}
