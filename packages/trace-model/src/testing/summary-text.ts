const decisions = [
  'A unique index on (order_id, attempt) turns the race into an error that can be retried :: two writers passed the same check.',
  'Retry-After is a floor, and 30 s is the ceiling :: asked for by the user.',
  'The migration drops the index before the column on the way back :: otherwise the rollback fails on large tables.',
  'Release notes name the new error code :: callers switch on it.',
] as const;

/** What a summariser might have written at its nth attempt: it grows with every version. */
export function summaryText(version: number): string {
  return [
    `<COMPACT-SUMMARY v${version}>`,
    'Goal: make the checkout test stable on CI and honour Retry-After, without a change to the public API.',
    '',
    'Constraints (verbatim from the user):',
    '- Never push to main, keep Node 20 working, and ask before adding a dependency.',
    '',
    'Decisions:',
    ...decisions.slice(0, version).map((decision, index) => `[${index + 1}] ${decision}`),
    '',
    'Open: two orders at the same moment still need a test; the release notes wait for a review.',
    '',
    'Files: src/checkout/order-queue.ts, src/http/client.ts, migrations/0042_attempts.sql, test/checkout.test.ts',
  ].join('\n');
}
