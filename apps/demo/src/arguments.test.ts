import { expect, test } from 'vitest';
import { parseArguments, usage } from './arguments.ts';

const parse = (...argv: string[]) => parseArguments(argv, {});

test('without options the window is 32,000 tokens and the viewer stays up', () => {
  expect(parse()).toEqual({
    ok: true,
    arguments: { window: 32_000, exit: false, json: false, live: false, help: false },
  });
});

test('every option is understood', () => {
  const url = 'http://localhost:5175/ingest';
  const otlp = 'http://localhost:4318/v1/traces';
  const argv = [
    '--window',
    '16000',
    '--port=0',
    '--ariadne',
    url,
    '--otlp',
    otlp,
    '--exit',
    '--json',
    '--help',
  ];
  expect(parse(...argv)).toEqual({
    ok: true,
    arguments: {
      window: 16_000,
      port: 0,
      ariadne: url,
      otlp,
      exit: true,
      json: true,
      live: false,
      help: true,
    },
  });
});

test('an address of OTLP without a path gets the standard one', () => {
  expect(parse('--otlp', 'http://localhost:4318')).toMatchObject({
    arguments: { otlp: 'http://localhost:4318/v1/traces' },
  });
  expect(parse('--otlp', 'https://host/otel')).toMatchObject({ arguments: { otlp: 'https://host/otel' } });
});

test('the separator of a package manager is no option', () => {
  expect(parse('--', '--exit')).toMatchObject({ ok: true, arguments: { exit: true } });
});

test.each([
  [['--widnow', '1'], /--widnow/u],
  [['extra'], /extra/u],
  [['--window', 'many'], /--window: expected a whole number/u],
  [['--window', '100'], /--window: expected at least 12000/u],
  [['--port', '70000'], /--port: expected a port/u],
  [['--ariadne', 'nowhere'], /--ariadne: expected a URL/u],
  [['--ariadne', 'file:///tmp/x'], /--ariadne: expected a URL/u],
  [['--otlp', 'nowhere'], /--otlp: expected a URL/u],
  [['--live'], /OPENAI_API_KEY/u],
])('%s is refused with a message', (argv, message) => {
  const parsed = parse(...argv);
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? '' : parsed.message).toMatch(message);
});

test('--live is taken where there is a key', () => {
  expect(parseArguments(['--live'], { OPENAI_API_KEY: 'k' })).toMatchObject({
    ok: true,
    arguments: { live: true },
  });
});

test('the usage names every option', () => {
  for (const name of ['window', 'port', 'exit', 'ariadne', 'otlp', 'json', 'live', 'help'])
    expect(usage).toContain(`--${name}`);
});
