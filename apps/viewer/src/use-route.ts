import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { formatRoute, parseRoute, type Route } from './route.ts';

/** The route in the address bar, and how to go elsewhere. Steps within one session do not fill the back button. */
export function useRoute(): readonly [Route, (route: Route) => void] {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const route = useMemo(() => parseRoute(hash), [hash]);
  const go = useCallback((to: Route) => {
    const from = parseRoute(location.hash);
    const isStep = from.session === to.session && from.run !== undefined && to.run !== undefined;
    const address = formatRoute(to);
    if (!isStep) location.hash = address;
    else {
      history.replaceState(null, '', address);
      dispatchEvent(new HashChangeEvent('hashchange'));
    }
  }, []);
  return [route, go];
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
}
