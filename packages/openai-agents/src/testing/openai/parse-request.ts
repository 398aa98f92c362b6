import { ApiRefusal } from './reply.ts';

/** @throws ApiRefusal where the body is no such request */
export function parseRequest<TValue>(
  schema: { safeParse(value: unknown): { success: boolean; data?: TValue; error?: Error } },
  body: unknown,
): TValue {
  const { data, error } = schema.safeParse(body);
  if (data === undefined)
    throw new ApiRefusal(`Invalid request: ${error?.message ?? ''}`, { code: 'invalid_request' });
  return data;
}
