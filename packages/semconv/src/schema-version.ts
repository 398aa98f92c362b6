/** The version of every record here. It grows when a field changes meaning, not when one is added. */
export const SCHEMA_VERSION = 1;
