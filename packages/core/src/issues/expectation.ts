import { z } from 'zod';

/** What of a JSON schema is put into words. */
const Node = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  minItems: z.number().optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
});
type Node = z.infer<typeof Node>;

/** The part of a JSON schema at a path; nothing where the schema says nothing of it. */
export function nodeAt(schema: unknown, path: readonly PropertyKey[]): Node | undefined {
  const node = Node.safeParse(schema).data;
  const [head, ...rest] = path;
  if (node === undefined || head === undefined) return node;
  const { properties = {}, additionalProperties, items, anyOf = [] } = node;
  const below = typeof head === 'number' ? items : (properties[String(head)] ?? additionalProperties);
  if (below !== undefined) return nodeAt(below, rest);
  return anyOf.map((option) => nodeAt(option, path)).find((found) => found !== undefined);
}

/** Words that follow "must be". */
export function expectationOf(node: Node): string | undefined {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return `one of ${node.enum.map(String).join(', ')}`;
  if (node.anyOf !== undefined) {
    const options = node.anyOf.map((option) => expectationOf(Node.parse(option)));
    return options.every((option) => option !== undefined) ? options.join(', or ') : undefined;
  }
  switch (node.type) {
    case 'number':
    case 'integer':
      return numberWords(node);
    case 'boolean':
      return 'true or false';
    case 'string':
      if (node.format === 'uri') return 'a URL as http://localhost:5175/ingest';
      return node.minLength === undefined ? 'a text' : 'a text that is not empty';
    case 'array': {
      const each = node.items === undefined ? undefined : expectationOf(Node.parse(node.items));
      const list = (node.minItems ?? 0) > 0 ? 'a list that is not empty' : 'a list';
      return each === undefined ? list : `${list}, each ${each}`;
    }
    case 'object':
      return 'a mapping of fields';
    default:
      return undefined;
  }
}

function numberWords({ type, minimum, exclusiveMinimum, maximum }: Node): string {
  const noun = type === 'integer' ? 'a whole number' : 'a number';
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = exclusiveMinimum ?? minimum;
  if (least !== undefined && most !== undefined) {
    const between = `between ${least} and ${most}`;
    return type === 'integer' ? `${noun} ${between}` : between;
  }
  if (least !== undefined && least > -Number.MAX_SAFE_INTEGER) {
    const isNext = exclusiveMinimum !== undefined && type === 'integer';
    if (isNext) return `${noun} of at least ${exclusiveMinimum + 1}`;
    return exclusiveMinimum === undefined ? `${noun} of at least ${least}` : `${noun} above ${least}`;
  }
  return most === undefined ? noun : `${noun} of at most ${most}`;
}
