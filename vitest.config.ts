import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      // The guard throws outside a React server; unit tests are neither browser nor server component.
      { find: 'server-only', replacement: `${root}node_modules/server-only/empty.js` },
    ],
  },
  test: {
    testTimeout: 20_000,
    // By default one core is left idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        // These leave nothing behind in their modules: reading the modules once, not for each file, halves the time.
        test: {
          name: 'parts',
          include: ['lib/**/*.test.{ts,tsx}', 'components/**/*.test.{ts,tsx}'],
          isolate: false,
        },
      },
      // The routes share what one process has: its deployments and its store.
      { extends: true, test: { name: 'app', include: ['app/**/*.test.{ts,tsx}'] } },
    ],
  },
});
