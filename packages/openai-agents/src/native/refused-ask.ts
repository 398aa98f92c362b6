import { z } from 'zod';

const Refusal = z.looseObject({
  status: z.number().optional(),
  statusCode: z.number().optional(),
  message: z.string().catch(''),
  param: z.string().nullish().catch(undefined),
});

const parameters = /context_management|compact_threshold|compact_20260112|clear_tool_uses_20250919/u;

/** Why the provider did not take the request, where it is for what the engine has put into it. */
export function refusedAsk(error: unknown): string | undefined {
  const { data } = Refusal.safeParse(error);
  if (data === undefined) return undefined;
  const status = data.status ?? data.statusCode;
  if (status !== 400 && status !== 422) return undefined;
  return parameters.test(`${data.param ?? ''} ${data.message}`)
    ? 'The provider refused to be asked: it does not know the parameter.'
    : undefined;
}
