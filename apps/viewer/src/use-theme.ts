import { useCallback, useEffect, useState } from 'react';

/** `system` follows the reader's machine; the other two hold against it. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'clew.theme';
const order: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme, kept across visits, and how to go to the next one. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState(stored);
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === 'system' ? 'light dark' : theme;
    store(theme);
  }, [theme]);
  const next = useCallback(() => {
    setTheme((before) => order[(order.indexOf(before) + 1) % order.length] ?? 'system');
  }, []);
  return [theme, next];
}

/** A browser may forbid storage; then the theme lasts as long as the page. */
function stored(): Theme {
  try {
    const value = localStorage.getItem(key);
    return order.find((theme) => theme === value) ?? 'system';
  } catch {
    return 'system';
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // See above.
  }
}
