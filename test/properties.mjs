// Tries the engine's laws over many random histories: 100,000, or as many as the first argument says.
// The seed is random; a failure prints it, and CLEW_SEED repeats the run.
import { randomInt } from 'node:crypto';
import { startVitest } from 'vitest/node';

const wanted = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(wanted) || wanted < 1) {
  process.stderr.write(
    `Expected how many histories to try, a whole number from 1, got ${process.argv[2]}.\n`,
  );
  process.exit(2);
}
const seed = process.env.CLEW_SEED ?? String(randomInt(2 ** 31));
process.env.CLEW_SEED = seed;
process.env.CLEW_LAW_HISTORIES = String(wanted);

const vitest = await startVitest('test', ['core/src/laws-'], {
  config: 'test/vitest.config.ts',
  watch: false,
  reporters: ['default'],
});
const files = vitest.state.getTestModules();
const tests = files.flatMap((file) => [...file.children.allTests()]);
const tried = tests.reduce((sum, test) => sum + (test.meta().histories ?? 0), 0);
const hasFailed = tests.length === 0 || files.some((file) => !file.ok());
await vitest.close();

const verdict = hasFailed ? 'a law was broken' : 'every law held';
process.stdout.write(`${tried} random histories tried with seed ${seed}: ${verdict}.\n`);
if (hasFailed || tried < wanted) {
  process.stdout.write(`To repeat: CLEW_SEED=${seed} npx -y pnpm@12 properties ${wanted}\n`);
  process.exit(1);
}
