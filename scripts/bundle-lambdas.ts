// Bundles every function of the stack: OUT/<name>/index.mjs with its source map, what it reads beside its code, and OUT/meta.json,
// which says what each is made of.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { BUNDLE } from './bundle-lambdas/settings.ts';
import { TASK_ENTRIES, taskEntries } from './bundle-lambdas/task-entry.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? join(root, 'dist/lambdas'));

/** The files of a folder that hold a handler each, by the name of their function. */
function handlersIn(folder: string): { in: string; out: string }[] {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'));
  return files.map((file) => ({ in: join(root, folder, file), out: `${basename(file, '.ts')}/index` }));
}

/**
 * The ES modules of yaml, of which the bundler leaves out what is not used. For Node the package names CommonJS, which it takes
 * whole.
 */
const yamlModules: Plugin = {
  name: 'yaml-modules',
  setup(bundler) {
    bundler.onResolve({ filter: /^yaml$/ }, () => ({
      path: join(root, 'node_modules/yaml/browser/dist/index.js'),
    }));
  },
};

rmSync(out, { recursive: true, force: true });
const { metafile } = await build({
  ...BUNDLE,
  absWorkingDir: root,
  entryPoints: [...handlersIn('lambdas'), ...TASK_ENTRIES],
  outdir: out,
  outExtension: { '.js': '.mjs' },
  // What undici falls back to on a processor without SIMD: Lambda has none, and each bundle would be 72 KB larger.
  external: ['*/llhttp/llhttp-wasm.js'],
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  plugins: [taskEntries(root), yamlModules],
});
writeFileSync(join(out, 'meta.json'), JSON.stringify(metafile));
const document = JSON.parse(readFileSync(join(root, 'docs/reference/openapi.json'), 'utf8')) as unknown;
writeFileSync(join(out, 'http-read/openapi.json.gz'), gzipSync(JSON.stringify(document)));
