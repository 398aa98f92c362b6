import { createModelStore, useModel } from '@clew/viewer';
import type { Model } from '@clew/trace-model';
import { useEffect, useMemo, useState } from 'react';
import { followStream, type ConnectionState } from '@clew/viewer/hosts';

/** What the host has told so far, and how the connection to it stands. */
export function useHost(url: string): { readonly model: Model; readonly connection: ConnectionState } {
  const store = useMemo(() => createModelStore(), []);
  const [connection, setConnection] = useState<ConnectionState>({ state: 'connecting' });
  useEffect(
    () =>
      followStream({
        url,
        onSpan: (span) => store.add([span]),
        onTrace: (trace) => store.add([], [trace]),
        onState: setConnection,
      }),
    [url, store],
  );
  return { model: useModel(store), connection };
}
