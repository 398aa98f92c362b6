import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // Served from wherever a host puts it.
  base: './',
  // The workspace's packages are read from their sources: nothing else has to be built first.
  resolve: { conditions: ['@clew/source', 'module', 'browser', 'development|production'] },
  build: {
    // Below these the CSS compiler would lower light-dark() to variables of its own, and the colours would be lost.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: { '/api': process.env.CLEW_HOST_URL ?? 'http://127.0.0.1:5175' },
  },
});
