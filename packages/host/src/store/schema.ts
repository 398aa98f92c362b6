/** Grows when the tables change; a file of another version is refused, never guessed at. */
export const DATABASE_VERSION = 1;

/**
 * `sequence` hands out cursors across both tables. In `traces`, a row without a cursor is a trace that is only
 * known through its spans; `first_at` orders the list. `bytes` lets a reader bound a page before loading it.
 */
export const schema = `
CREATE TABLE sequence (value INTEGER NOT NULL);

CREATE TABLE spans (
  trace_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  parent_id TEXT,
  name TEXT,
  kind TEXT,
  started_at REAL,
  ended_at REAL,
  status TEXT,
  status_message TEXT,
  service TEXT,
  attrs TEXT,
  links TEXT,
  source TEXT NOT NULL,
  session_id TEXT,
  compaction INTEGER,
  bytes INTEGER NOT NULL,
  cursor INTEGER NOT NULL,
  PRIMARY KEY (trace_id, span_id)
);
CREATE UNIQUE INDEX spans_by_cursor ON spans (cursor, bytes);
CREATE INDEX spans_by_trace ON spans (trace_id, started_at, ended_at, status, compaction);
CREATE INDEX spans_by_session ON spans (session_id, cursor) WHERE session_id IS NOT NULL;

CREATE TABLE traces (
  trace_id TEXT PRIMARY KEY,
  name TEXT,
  group_id TEXT,
  started_at REAL,
  ended_at REAL,
  metadata TEXT,
  bytes INTEGER NOT NULL,
  cursor INTEGER,
  first_at REAL NOT NULL
);
CREATE INDEX traces_by_cursor ON traces (cursor, bytes) WHERE cursor IS NOT NULL;
CREATE INDEX traces_by_time ON traces (first_at DESC);
`;
