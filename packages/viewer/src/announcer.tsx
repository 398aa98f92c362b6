import type { Cut, Session } from '@clew/trace-model';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { cutName } from './cut/cut-words.ts';

/** Between two announcements, in milliseconds: no faster than they can be heard. */
const interval = 5_000;

/** Tells a screen reader of each compaction that ends while the page is open: the latest, where several did. */
export function Announcer({ session }: { readonly session: Session }): ReactNode {
  const latest = session.cuts.findLast((cut) => cut.kind !== 'running');
  return (
    <p className="clew-visually-hidden" aria-live="polite">
      {useThrottled(latest)}
    </p>
  );
}

function useThrottled(latest: Cut | undefined): string {
  const heard = useRef(latest?.id);
  const lastTold = useRef(-Infinity);
  const [text, setText] = useState('');
  useEffect(() => {
    if (latest === undefined || latest.id === heard.current) return undefined;
    const tell = (): void => {
      heard.current = latest.id;
      lastTold.current = performance.now();
      setText(cutName(latest));
    };
    const timer = setTimeout(tell, Math.max(0, lastTold.current + interval - performance.now()));
    return () => clearTimeout(timer);
  }, [latest]);
  return text;
}
