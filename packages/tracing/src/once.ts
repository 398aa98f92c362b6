/** `work`, which runs at the first call; every call answers with the same promise. */
export function once<TValue>(work: () => Promise<TValue>): () => Promise<TValue> {
  let running: Promise<TValue> | undefined;
  // An async function, so that what throws at once rejects as well.
  const run = async () => work();
  return () => (running ??= run());
}
