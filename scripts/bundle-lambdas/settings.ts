import type { BuildOptions } from 'esbuild';

/** How a function is bundled: one ES module for Node, with all that it needs inside. */
export const BUNDLE = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The CommonJS that many packages name as main can't be shaken: twice the size.
  mainFields: ['module', 'main'],
  minify: true,
  // Packages that come as CommonJS require what is built into Node.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
} satisfies BuildOptions;
