import { ZodError, prettifyError } from 'zod';

/** What a tool tells the model: `ok …`, or `error …` with what went wrong. It never throws. */
export async function answer(work: () => Promise<string>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ZodError) return `error ${prettifyError(error)}`;
    return `error ${error instanceof Error ? error.message : String(error)}`;
  }
}
