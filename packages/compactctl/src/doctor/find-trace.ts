/** Asks the Clew host beside an `/ingest` for a trace. Ariadne has no such question, and tells nothing. */
export async function findTrace(
  ingestUrl: string,
  traceId: string,
): Promise<'found' | 'missing' | 'not told'> {
  const url = new URL(`/api/traces/${traceId}`, ingestUrl);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3000) });
    const isOurs = (response.headers.get('content-type') ?? '').startsWith('application/json');
    const body: unknown = isOurs ? await response.json() : await response.text();
    if (response.ok && isOurs) return 'found';
    return JSON.stringify(body).includes('Unknown trace') ? 'missing' : 'not told';
  } catch {
    return 'not told';
  }
}
