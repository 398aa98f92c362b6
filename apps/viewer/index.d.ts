/** Where the built viewer lies, for a server to serve. Run this package's `build` first. */
export declare const viewerRoot: URL;
