import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../vitest.config';

/** Each file starts a server and a dashboard of its own and mostly waits for their clocks. */
export default mergeConfig(
  { ...base, test: {} },
  defineConfig({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    test: {
      include: ['e2e/observer/*.observer.ts'],
      testTimeout: 300_000,
      hookTimeout: 400_000,
      maxWorkers: 3,
    },
  }),
);
