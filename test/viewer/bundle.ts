import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const viewer = fileURLToPath(new URL('../../packages/viewer', import.meta.url));

export type Chunk = {
  readonly name: string;
  readonly modules: readonly string[];
  readonly imports: readonly string[];
  /** Bytes, minified and compressed. */
  readonly gzip: number;
};

/** What a host's build makes of a module that says `code`, in the viewer's place, chunk by chunk. */
export async function bundle(code: string, external: readonly RegExp[]): Promise<readonly Chunk[]> {
  const entry = '\0entry.ts';
  const built = await build({
    configFile: false,
    root: viewer,
    logLevel: 'silent',
    resolve: { conditions: ['@clew/source', 'module', 'browser', 'production'] },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? entry : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: {
      write: false,
      rolldownOptions: {
        input: 'entry',
        external: [...external],
        output: { format: 'es', minify: true },
        preserveEntrySignatures: 'strict',
      },
    },
  });
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  return outputs.filter(isChunk).map((chunk) => ({
    name: chunk.isEntry ? 'entry' : chunk.fileName,
    modules: chunk.moduleIds,
    imports: chunk.imports.map((file) => (file === entryFile(outputs) ? 'entry' : file)),
    gzip: gzipSync(chunk.code, { level: 9 }).length,
  }));
}

/** The bytes of a chunk with everything that it imports at once. */
export function sizeWithImports(chunks: readonly Chunk[], of: Chunk): number {
  const reached = new Set<Chunk>();
  const reach = (chunk: Chunk | undefined): void => {
    if (chunk === undefined || reached.has(chunk)) return;
    reached.add(chunk);
    for (const name of chunk.imports) reach(chunks.find((other) => other.name === name));
  };
  reach(of);
  return [...reached].reduce((sum, { gzip }) => sum + gzip, 0);
}

function isChunk(output: Rolldown.OutputChunk | Rolldown.OutputAsset): output is Rolldown.OutputChunk {
  return output.type === 'chunk';
}

function entryFile(outputs: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]): string | undefined {
  return outputs.filter(isChunk).find(({ isEntry }) => isEntry)?.fileName;
}
