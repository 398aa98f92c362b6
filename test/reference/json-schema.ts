import { z } from 'zod';

/** As much of a JSON schema as the references show. */
const Node: z.ZodType<Node> = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).exactOptional(),
  description: z.string().exactOptional(),
  default: z.unknown().exactOptional(),
  enum: z.array(z.unknown()).exactOptional(),
  const: z.unknown().exactOptional(),
  anyOf: z.array(z.lazy(() => Node)).exactOptional(),
  items: z.lazy(() => Node).exactOptional(),
  properties: z
    .record(
      z.string(),
      z.lazy(() => Node),
    )
    .exactOptional(),
  required: z.array(z.string()).exactOptional(),
  propertyNames: z.lazy(() => Node).exactOptional(),
  additionalProperties: z.union([z.boolean(), z.lazy(() => Node)]).exactOptional(),
});
export type Node = {
  readonly type?: string | string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: unknown[];
  readonly const?: unknown;
  readonly anyOf?: Node[];
  readonly items?: Node;
  readonly properties?: Record<string, Node>;
  readonly required?: string[];
  readonly propertyNames?: Node;
  readonly additionalProperties?: boolean | Node;
};

export type Field = { readonly path: readonly string[]; readonly node: Node; readonly isRequired: boolean };

/** The fields of a schema, objects opened, in their order. */
export function fieldsOf(schema: z.ZodType): readonly Field[] {
  return open(Node.parse(z.toJSONSchema(schema, { io: 'input' })), [], true);
}

function open(node: Node, path: readonly string[], isRequired: boolean): readonly Field[] {
  if (node.properties !== undefined) {
    return Object.entries(node.properties).flatMap(([name, child]) =>
      open(child, [...path, name], isRequired && (node.required?.includes(name) ?? false)),
    );
  }
  const names = node.propertyNames?.enum;
  if (names !== undefined && typeof node.additionalProperties === 'object') {
    return [{ path: [...path, `{${names.join(', ')}}`], node: node.additionalProperties, isRequired: false }];
  }
  return [{ path, node, isRequired }];
}

export function typeOf(node: Node): string {
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(' or ');
  if (node.enum !== undefined) return node.enum.map(String).join(', ');
  if (node.type === 'array') return `list of ${node.items === undefined ? 'anything' : typeOf(node.items)}`;
  if (node.type === 'object') return 'object';
  return Array.isArray(node.type) ? node.type.join(' or ') : (node.type ?? 'anything');
}
