import fc from 'fast-check';

// In CI the same histories each time, so that a red run is about the change; elsewhere new ones each time.
// A failure names its seed: CLEW_SEED runs it again.
const seed = process.env['CLEW_SEED'] ?? (process.env['CI'] === 'true' ? '20261121' : undefined);
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
