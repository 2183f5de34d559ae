import { defineConfig } from 'vitest/config';

/** What `npm run mutation` asks whether it notices a mutant: the unit tests, which take seconds and start no process. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    include: ['test/core/**/*.test.ts', 'test/invariants/**/*.test.ts'],
    // They need minutes, a browser, or MongoDB's document, and say nothing about one line of the product.
    exclude: ['test/core/atlas/**', 'test/core/report/**', '**/fuzz.test.ts', '**/*.chromium.test.ts'],
    isolate: false,
  },
});
