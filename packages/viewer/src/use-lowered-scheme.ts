import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the colours where the host's build has replaced `light-dark()` by variables of its own (Lightning CSS does, for
 * older browsers). Those follow a `color-scheme` in a stylesheet only; one that a script sets would leave every colour
 * empty. So the root is told which scheme holds around it. Where `light-dark()` has survived nothing is done.
 */
export function useLoweredScheme(): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null || !isLowered(element)) return undefined;
    const follow = (): void => {
      element.setAttribute('data-clew-scheme', schemeAround(element));
    };
    follow();
    const observer = new MutationObserver(follow);
    for (let above = element.parentElement; above !== null; above = above.parentElement) {
      observer.observe(above, { attributeFilter: ['class', 'style', 'data-theme'] });
    }
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', follow);
    return () => {
      observer.disconnect();
      system.removeEventListener('change', follow);
    };
  }, []);
  return root;
}

/** A token whose value is kept as it was written says what has become of it. */
function isLowered(element: HTMLElement): boolean {
  const probe = getComputedStyle(element).getPropertyValue('--clew-scheme-probe').trim();
  return probe !== '' && !probe.startsWith('light-dark(');
}

function schemeAround({ parentElement }: HTMLElement): 'light' | 'dark' {
  const words = parentElement === null ? [] : getComputedStyle(parentElement).colorScheme.split(' ');
  const isDark = words.includes('light')
    ? words.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches
    : words.includes('dark');
  return isDark ? 'dark' : 'light';
}
