import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';
import path from 'node:path';

/** Two pages from one workspace: `/` is the demonstration desk, `/console/` the administrators' console. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: {
        desk: path.join(import.meta.dirname, 'index.html'),
        console: path.join(import.meta.dirname, 'console/index.html'),
      },
    },
  },
});
