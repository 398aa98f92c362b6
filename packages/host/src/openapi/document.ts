import { z } from 'zod';
import { operations, type Operation } from './operations.ts';
import { answerSchemas, requestSchemas } from './schemas.ts';

type Json = Readonly<Record<string, unknown>>;

/** The document of the host's API: OpenAPI 3.1, made from the schemas that the host itself reads and writes by. */
export function openApiDocument(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {});
    path[operation.method] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Clew host',
      version: '1',
      description: "Collects spans by Ariadne's protocol and by OTLP, keeps them, and gives them back.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{}, { bearer: [] }, { cookie: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Where the host was given a token.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'clew_token', description: 'Given by `/?token=…`.' },
      },
      schemas: { ...schemasOf(requestSchemas, 'input'), ...schemasOf(answerSchemas, 'output') },
    },
  };
}

function describe({ method, path, summary, more, query, headers, body, answers }: Operation): Json {
  return {
    operationId: `${method} ${path}`.replaceAll(/\W+(\w)?/g, (_, first: string = '') => first.toUpperCase()),
    summary,
    ...(more !== undefined && { description: more }),
    parameters: [...pathParameters(path), ...queryParameters(query), ...headerParameters(headers)],
    ...(body !== undefined && { requestBody: { required: true, content: contentOf(body) } }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, [description, content]]) => [
        status,
        { description, ...(content !== undefined && { content: contentOf(content) }) },
      ]),
    ),
  };
}

function pathParameters(path: string): readonly Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodObject | undefined): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = typeof property === 'object' ? property : {};
    return { name, in: 'query', ...(description !== undefined && { description }), schema };
  });
}

function headerParameters(headers: Operation['headers'] = {}): readonly Json[] {
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }));
}

function contentOf(content: NonNullable<Operation['body']>): Json {
  return Object.fromEntries(
    Object.entries(content).map(([type, name]) => [
      type,
      name === 'text' || name === 'binary' ? {} : { schema: ref(name) },
    ]),
  );
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function schemasOf(named: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [
      id,
      Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id')),
    ]),
  );
}
