import fc from 'fast-check';
import { expect, describe, it } from 'vitest';
import { arbitraryNamedRecord } from './arbitrary-record.fixture.ts';
import { decodeTree } from './decoded.ts';
import { recordShapes } from './record-shapes.ts';
import { shapesOfRecords } from './shapes-of.fixture.ts';
import { zodDecode } from './zod-decode.fixture.ts';

describe('the shapes of records', () => {
  // `npx vitest run --config test/vitest.config.ts packages/semconv -u` writes the file after a schema has changed.
  it('are those of their schemas', async () => {
    const text = [
      "import type { RecordName } from './records.ts';",
      "import type { Shape } from './shape.ts';",
      '',
      '/** The shapes of all records: what their schemas say, readable without zod. Generated; do not edit. */',
      'export const recordShapes: Readonly<Record<RecordName, Shape>> = {',
      ...Object.entries(shapesOfRecords()).map(([name, shape]) => `  '${name}': ${JSON.stringify(shape)},`),
      '};',
      '',
    ].join('\n');
    await expect(text).toMatchFileSnapshot('record-shapes.ts');
    expect(recordShapes).toEqual(shapesOfRecords());
  });

  it('read every record as its schema does', () => {
    fc.assert(
      fc.property(arbitraryNamedRecord, ({ name, record }) => {
        expect(decodeTree(name, record)).toEqual({ ok: true, record, issues: [] });
      }),
    );
  });

  it('read a record in which anything was replaced or lost as its schema does', () => {
    fc.assert(
      fc.property(arbitraryNamedRecord.chain(withDamage), ({ name, tree }) => {
        const decoded = decodeTree(name, tree);
        const { ok, record, paths } = zodDecode(name, tree);
        expect(decoded.ok).toBe(ok);
        if (decoded.ok) expect(decoded.record).toEqual(record);
        expect([...new Set(decoded.issues.map(({ path }) => path))].toSorted()).toEqual(
          [...new Set(paths)].toSorted(),
        );
      }),
    );
  });
});

const strange = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    'true',
    0,
    -1,
    0.5,
    1e300,
    '12',
    ' ',
    '[]',
    '{}',
    'kept',
    12n,
    [],
    {},
    [{}],
  ),
  fc.anything({ maxDepth: 1 }),
);

/** The record with some of its values, at any depth, replaced by something else. */
function withDamage<TName>({ name, record }: { name: TName; record: object }): fc.Arbitrary<{
  name: TName;
  tree: unknown;
}> {
  const paths = pathsIn(record);
  return fc
    .array(fc.tuple(fc.constantFrom(...paths), strange), { minLength: 1, maxLength: 3 })
    .map((damages) => ({
      name,
      tree: damages.reduce<unknown>((tree, [path, value]) => replaced(tree, path, value), record),
    }));
}

function pathsIn(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, member]) => pathsIn(member, [...at, key]))];
}

function replaced(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(tree))
    return tree.map((item, at) => (String(at) === key ? replaced(item, rest, value) : item));
  if (typeof tree !== 'object' || tree === null) return tree;
  const inner: unknown = Reflect.get(tree, key);
  return { ...tree, [key]: replaced(inner, rest, value) };
}
