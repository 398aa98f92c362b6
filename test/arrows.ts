/** Which workspace package may import which. The table of the design; nothing else is allowed. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  '@clew/core': [],
  '@clew/semconv': [],
  '@clew/redaction': [],
  '@clew/tracing': ['@clew/core', '@clew/semconv'],
  '@clew/archive': ['@clew/core', '@clew/redaction'],
  '@clew/exporters': ['@clew/semconv', '@clew/redaction'],
  '@clew/trace-model': ['@clew/semconv'],
  '@clew/openai-agents': ['@clew/core', '@clew/semconv', '@clew/tracing'],
  '@clew/viewer': ['@clew/trace-model'],
  '@clew/host': ['@clew/semconv', '@clew/trace-model'],
  clew: [
    '@clew/core',
    '@clew/tracing',
    '@clew/exporters',
    '@clew/archive',
    '@clew/redaction',
    '@clew/openai-agents',
  ],
  compactctl: [
    'clew',
    '@clew/core',
    '@clew/exporters',
    '@clew/archive',
    '@clew/trace-model',
    '@clew/host',
    '@clew/app-viewer',
  ],
  '@clew/app-viewer': ['@clew/viewer', '@clew/trace-model'],
  '@clew/app-demo': ['clew', '@clew/host', '@clew/app-viewer'],
};

/** Packages that no Node.js may be needed for. */
export const pure: readonly string[] = [
  '@clew/core',
  '@clew/semconv',
  '@clew/redaction',
  '@clew/trace-model',
  '@clew/viewer',
];
