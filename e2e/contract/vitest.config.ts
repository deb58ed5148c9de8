import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Cases mostly wait for a server's clock, so many run at once; end dates come last and alone (see end-time.contract.ts). */
export default defineConfig({
  root,
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    globalSetup: ['e2e/contract/suite/global-setup.ts'],
    pool: 'threads',
    testTimeout: 150_000,
    hookTimeout: 30_000,
    maxConcurrency: 100,
    sequence: { concurrent: true },
    projects: [
      {
        extends: true,
        test: {
          name: 'areas',
          include: ['e2e/contract/suite/*.contract.ts'],
          exclude: ['e2e/contract/suite/end-time.contract.ts'],
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'end dates',
          include: ['e2e/contract/suite/end-time.contract.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
