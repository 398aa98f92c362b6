import { useEffect, useState, type ReactNode } from 'react';
import type { Reveal } from '../use-reveal.ts';
import { ForeignText } from './foreign-text.tsx';
import { readableLine } from './readable-text.ts';

type Fetched =
  | { readonly state: 'waiting' }
  | { readonly state: 'here'; readonly text: string }
  | { readonly state: 'failed'; readonly why: string };

/** A text that its record only refers to. The host fetches it once it is revealed; hidden again, it is forgotten. */
export function StoredText({
  name,
  payloadKey,
  address,
  reveal,
}: {
  /** What it is, for its button: `summary`. */
  readonly name: string;
  readonly payloadKey: string;
  readonly address: string;
  readonly reveal: Reveal;
}): ReactNode {
  const { load } = reveal;
  const isRevealed = reveal.isRevealed(payloadKey);
  return (
    <>
      <p className="clew-hidden">{`The text is stored at ${readableLine(address)}.`}</p>
      {load === undefined ? null : (
        <button
          type="button"
          className="clew-button"
          aria-expanded={isRevealed}
          onClick={() => reveal.set(payloadKey, !isRevealed)}
        >
          {isRevealed ? `Hide ${name}` : `Fetch and reveal ${name}`}
        </button>
      )}
      {load === undefined || !isRevealed ? null : <FetchedText address={address} load={load} />}
    </>
  );
}

function FetchedText({
  address,
  load,
}: {
  readonly address: string;
  readonly load: NonNullable<Reveal['load']>;
}): ReactNode {
  const [fetched, setFetched] = useState<Fetched>({ state: 'waiting' });
  useEffect(() => {
    const stop = new AbortController();
    const settle = (next: Fetched): void => {
      if (!stop.signal.aborted) setFetched(next);
    };
    load(address, stop.signal).then(
      (text) => settle({ state: 'here', text }),
      (error: unknown) =>
        settle({ state: 'failed', why: error instanceof Error ? error.message : String(error) }),
    );
    return () => stop.abort();
  }, [address, load]);
  if (fetched.state === 'waiting') return <p className="clew-hidden">Fetching …</p>;
  if (fetched.state === 'failed') return <p role="alert">It could not be fetched: {fetched.why}</p>;
  return (
    <div className="clew-text" role="region" aria-label="Fetched text" tabIndex={0}>
      <ForeignText text={fetched.text} />
    </div>
  );
}
