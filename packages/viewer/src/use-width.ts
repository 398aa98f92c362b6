import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** An element's width in CSS pixels, followed as it changes; `assumed` where it cannot be measured. */
export function useWidth<TElement extends HTMLElement>(
  assumed: number,
): { readonly ref: RefObject<TElement | null>; readonly width: number } {
  const ref = useRef<TElement>(null);
  const [width, setWidth] = useState(assumed);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const measure = (): void => setWidth(element.clientWidth || assumed);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [assumed]);
  return { ref, width };
}
