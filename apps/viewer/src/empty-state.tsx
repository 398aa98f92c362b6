import type { ReactNode } from 'react';
import type { ConnectionState } from '@clew/viewer/hosts';

/** What there is to see before the first session: how to send one, or that the host cannot be reached. */
export function EmptyState({ connection }: { readonly connection: ConnectionState }): ReactNode {
  if (connection.state === 'connecting') {
    return (
      <section className="app-empty">
        <h1>Connecting…</h1>
      </section>
    );
  }
  if (connection.state === 'reconnecting') {
    return (
      <section className="app-empty" role="alert">
        <h1>The host does not answer</h1>
        <p>
          Nothing was received from <code>{location.origin}</code>. It is tried again by itself; attempt{' '}
          {connection.attempt}.
        </p>
      </section>
    );
  }
  return (
    <section className="app-empty">
      <h1>No session yet</h1>
      <p>Point an agent at this host, and its first model call will be here within a second:</p>
      <pre>
        <code>
          {`COMPACT_ARIADNE_URL=${location.origin}/ingest node agent.js\n`}
          {`OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin} node agent.js`}
        </code>
      </pre>
      <p>Either line will do: the first speaks Ariadne, the second OTLP over HTTP.</p>
    </section>
  );
}
