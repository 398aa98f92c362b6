import { createHash } from 'node:crypto';

const safeName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/u;

/**
 * A folder's name for a session id. An id that is safe as it stands keeps its name; any other is cut down to
 * its safe characters and told apart by a digest, so that no id can name a path outside of the archive.
 */
export function sessionFolder(sessionId: string): string {
  if (safeName.test(sessionId)) return sessionId;
  const readable = sessionId
    .replace(/[^A-Za-z0-9_-]+/gu, '-')
    .replace(/^-+/u, '')
    .slice(0, 60);
  const digest = createHash('sha256').update(sessionId).digest('hex').slice(0, 12);
  return `${readable === '' ? 'session' : readable}-${digest}`;
}
