import { z } from 'zod';
import { ConfigFile } from './config.ts';
import { lifecycleName } from './lifecycle-policy.ts';

/** The JSON schema of a configuration file, for editors: draft 2020-12. */
export function configSchema(): object {
  const schema = z.toJSONSchema(ConfigFile, { io: 'input' });
  const { $schema, ...rest } = schema;
  return {
    $schema,
    title: 'Clew',
    description: 'What compact.yaml, compact.yml and compact.json may say.',
    ...rest,
    // For `"$schema": "…"` in a JSON file, which editors look for.
    properties: {
      $schema: { type: 'string' },
      ...rest.properties,
      [lifecycleName]: {
        $ref: '#/properties/policy',
        description: 'Another name of policy. Say one of them.',
      },
    },
    not: { required: ['policy', lifecycleName] },
  };
}
