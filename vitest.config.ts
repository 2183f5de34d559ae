import { defineConfig } from 'vitest/config';

/** They put the timers of the machine on a time of their own. */
const ON_THEIR_OWN_TIME = ['test/faults/**/*.test.ts', 'test/simulation/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores are the smallest machine we promise the suite to.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'own time', include: ON_THEIR_OWN_TIME } },
      {
        extends: true,
        test: {
          name: 'all else',
          include: ['test/**/*.test.ts'],
          exclude: ON_THEIR_OWN_TIME,
          globalSetup: ['test/build-command-line.ts'],
          // Loading the sources afresh for each file takes longer than many of the tests. No test leaves anything behind in a module.
          isolate: false,
        },
      },
    ],
  },
});
