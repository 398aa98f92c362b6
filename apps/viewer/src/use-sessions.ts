import { useCallback, useEffect, useRef, useState } from 'react';
import type { HostApi, SessionEntry, SessionPage } from './host-api.ts';
import { joinPages } from './join-pages.ts';
import type { Live } from './session-feed.ts';

export type Sessions = {
  readonly entries: readonly SessionEntry[];
  /** `undefined` until the first page has come. */
  readonly isComplete: boolean | undefined;
  readonly hasFailed: boolean;
  readonly loadMore: () => void;
};

/** Between two looks at the newest page, in milliseconds, while the host is written to. */
const refreshMillis = 2_000;

/** The host's sessions, page by page; the newest page is asked for again when something was written. */
export function useSessions(api: HostApi, live: Live, text: string): Sessions {
  const [pages, setPages] = useState<SessionPage>();
  const [hasFailed, setFailed] = useState(false);
  const isLoading = useRef(false);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = async (isNew: boolean): Promise<void> => {
      try {
        const page = await api.listSessions({ text }, stop.signal);
        setFailed(false);
        setPages((before) => (isNew || before === undefined ? page : joinPages(page, before)));
      } catch {
        if (stop.signal.aborted) return;
        setFailed(true);
        timer ??= setTimeout(later, refreshMillis);
      }
    };
    const later = (): void => {
      timer = undefined;
      void refresh(false);
    };
    void refresh(true);
    const unsubscribe = live(() => {
      timer ??= setTimeout(later, refreshMillis);
    });
    return () => {
      stop.abort();
      clearTimeout(timer);
      unsubscribe();
    };
  }, [api, live, text]);

  const next = pages?.next;
  const loadMore = useCallback(() => {
    if (next === undefined || isLoading.current) return;
    isLoading.current = true;
    api
      .listSessions({ text, cursor: next }, new AbortController().signal)
      .then((page) => setPages((before) => (before === undefined ? page : appended(before, page))))
      .catch(() => setFailed(true))
      .finally(() => {
        isLoading.current = false;
      });
  }, [api, text, next]);

  return {
    entries: pages?.sessions ?? none,
    isComplete: pages === undefined ? undefined : pages.next === undefined,
    hasFailed,
    loadMore,
  };
}

const none: readonly SessionEntry[] = [];

function appended(before: SessionPage, page: SessionPage): SessionPage {
  const known = new Set(before.sessions.map(({ id }) => id));
  return {
    sessions: [...before.sessions, ...page.sessions.filter(({ id }) => !known.has(id))],
    ...(page.next !== undefined && { next: page.next }),
  };
}
