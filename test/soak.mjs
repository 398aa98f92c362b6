// Runs hostile sessions: a thousand, or as many as the first argument says. The seed is random; a failure prints it,
// and CLEW_SEED repeats the run.
import { randomInt } from 'node:crypto';
import { startVitest } from 'vitest/node';

const wanted = Number(process.argv[2] ?? 1000);
if (!Number.isInteger(wanted) || wanted < 1) {
  process.stderr.write(`Expected how many sessions to run, a whole number from 1, got ${process.argv[2]}.\n`);
  process.exit(2);
}
const seed = process.env.CLEW_SEED ?? String(randomInt(2 ** 31));
process.env.CLEW_SEED = seed;
process.env.CLEW_SOAK_SESSIONS = String(wanted);

const vitest = await startVitest('test', ['test/soak/'], {
  config: 'test/vitest.config.ts',
  watch: false,
  reporters: ['default'],
});
const files = vitest.state.getTestModules();
const soaks = files.flatMap((file) =>
  [...file.children.allTests()].flatMap((test) => test.meta().soak ?? []),
);
const hasFailed = soaks.length === 0 || files.some((file) => !file.ok());
await vitest.close();

for (const { sessions, calls, askedCalls, overBudget, outcomes } of soaks) {
  const ended = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  process.stdout.write(
    `${sessions} sessions, ${calls} calls, ${overBudget} over their budget; a model was asked in ${askedCalls} calls. ` +
      `Outcomes: ${ended.join(', ')}. Seed ${seed}.\n`,
  );
}
if (hasFailed) {
  process.stdout.write(`To repeat: CLEW_SEED=${seed} npx -y pnpm@12 soak ${wanted}\n`);
  process.exit(1);
}
