import type { ReactNode } from 'react';
import type { FeedState } from './session-feed.ts';

/** What there is instead of a session that cannot be shown. */
export function SessionNotice({
  id,
  state,
}: {
  readonly id: string | undefined;
  readonly state: FeedState;
}): ReactNode {
  if (id === undefined || state === 'reading' || state === 'read') {
    return (
      <section className="app-empty" aria-busy="true">
        <p>Reading the session…</p>
      </section>
    );
  }
  if (state === 'failed') {
    return (
      <section className="app-empty" role="alert">
        <h1>The session could not be read</h1>
        <p>The host did not send it whole. Reload the page to try again.</p>
      </section>
    );
  }
  return (
    <section className="app-empty">
      <h1>This session is not here</h1>
      <p>
        The host does not know <code>{id}</code>. It may have been removed, or not been sent yet: it will show
        up here as soon as it is.
      </p>
    </section>
  );
}
