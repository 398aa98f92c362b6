/** Grows when the tables change; a file of another version is refused, never guessed at. */
export const DATABASE_VERSION = 2;

/**
 * A span is kept as the text that is sent for it, so that it is encoded once and reading it back is copying. Beside the
 * text are only its key, what counts are made of, and its cursor, which is the row's own key: two trees in all.
 *
 * `state` is one row: the newest cursor, and how much there is. A trace without a cursor is only known through its
 * spans. `digest` is what lists show of a trace or a session; the writer keeps it up to date. A membership is implied
 * where no span of the trace names a session: the trace is one by itself; `since` is the cursor at which it began.
 */
export const schema = `
CREATE TABLE state (
  cursor INTEGER NOT NULL,
  spans INTEGER NOT NULL,
  traces INTEGER NOT NULL,
  trace_events INTEGER NOT NULL
);

CREATE TABLE spans (
  cursor INTEGER PRIMARY KEY,
  trace_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  named INTEGER NOT NULL,
  error INTEGER NOT NULL,
  compaction INTEGER NOT NULL,
  json TEXT NOT NULL
);
CREATE UNIQUE INDEX spans_by_id ON spans (trace_id, span_id);

CREATE TABLE traces (
  trace_id TEXT PRIMARY KEY,
  cursor INTEGER,
  first_at REAL NOT NULL,
  digest TEXT NOT NULL,
  json TEXT
) WITHOUT ROWID;
CREATE INDEX traces_by_cursor ON traces (cursor) WHERE cursor IS NOT NULL;
CREATE INDEX traces_by_time ON traces (first_at DESC, trace_id);

CREATE TABLE sessions (
  session_id TEXT PRIMARY KEY,
  last_at REAL NOT NULL,
  touched_at REAL NOT NULL,
  digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_time ON sessions (last_at DESC, session_id);
CREATE INDEX sessions_by_touch ON sessions (touched_at);

CREATE TABLE members (
  session_id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  implied INTEGER NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (session_id, trace_id)
) WITHOUT ROWID;
CREATE INDEX members_by_trace ON members (trace_id, session_id);
`;
