import { CapabilityOverrides } from '@clew/core';
import { z } from 'zod';
import { camelCase, renamed, snakeCase } from './case-names.ts';

/** What models can do, in snake_case, by their exact names: these stay as they are. */
export const CapabilitiesSection = z
  .record(z.string().min(1), z.looseObject({}))
  .superRefine((value, context) => {
    for (const issue of CapabilityOverrides.safeParse(capabilitiesOfConfig(value)).error?.issues ?? []) {
      const [model = '', ...rest] = issue.path.map(String);
      context.addIssue({ code: 'custom', message: issue.message, path: [model, ...rest.map(snakeCase)] });
    }
  });

/** The capabilities of a configuration, as the engine names their fields. */
export function capabilitiesOfConfig(section: Readonly<Record<string, object>>): CapabilityOverrides {
  return byModel(section, camelCase) as CapabilityOverrides;
}

/** The other way round. */
export function capabilityInputOf(overrides: CapabilityOverrides): z.input<typeof CapabilitiesSection> {
  return byModel(overrides, snakeCase) as z.input<typeof CapabilitiesSection>;
}

function byModel(models: Readonly<Record<string, object>>, rename: (name: string) => string): object {
  return Object.fromEntries(Object.entries(models).map(([model, value]) => [model, renamed(value, rename)]));
}
