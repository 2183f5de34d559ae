import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-command-line.ts'],
    // Loading the sources afresh for each file takes longer than many of the tests. No test may leave anything behind in a module.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Two cores are the smallest machine we promise the suite to.
    maxWorkers: 2,
  },
});
