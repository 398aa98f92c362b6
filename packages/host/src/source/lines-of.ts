/** The lines of an answer as they come, without empty ones. Rejects with the signal's reason. */
export async function* linesOf(response: Response, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of response.body ?? []) {
      signal.throwIfAborted();
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') yield line;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield rest;
}
