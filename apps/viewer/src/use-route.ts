import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { formatRoute, parseRoute, type Route } from './route.ts';

/** The route in the address bar, and how to go elsewhere: only what a person would go back to fills the back button. */
export function useRoute(): readonly [Route, (route: Route) => void] {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const route = useMemo(() => parseRoute(hash), [hash]);
  const go = useCallback((to: Route) => {
    const address = formatRoute(to);
    if (isStep(parseRoute(location.hash), to)) {
      history.replaceState(null, '', address);
      dispatchEvent(new HashChangeEvent('hashchange'));
    } else location.hash = address;
  }, []);
  return [route, go];
}

/** From run to run, or another way of drawing the same: within one session and one view. */
function isStep(from: Route, to: Route): boolean {
  return (
    from.session === to.session &&
    from.place.view === to.place.view &&
    (from.place.run === undefined) === (to.place.run === undefined)
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
}
