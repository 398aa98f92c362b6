/** Where the built viewer lies, for a server to serve. Run this package's `build` first. */
export const viewerRoot = new URL('./dist/', import.meta.url);
