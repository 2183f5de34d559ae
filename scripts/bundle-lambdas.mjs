// Bundles every function of the stack: OUT/<name>/index.mjs with its source map, and OUT/meta.json, which says what each is
// made of. Plain JavaScript, because the CDK app runs it before anything else.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? join(root, 'dist/lambdas'));

/** The files of a folder that hold a handler each, by the name of their function. */
function handlersIn(folder) {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'));
  return files.map((file) => ({ in: join(root, folder, file), out: `${basename(file, '.ts')}/index` }));
}

/**
 * Lambda puts credentials into the environment. The SDK would look into files, metadata services and single sign-on as well,
 * which is a third of a client.
 */
const credentialsFromEnvironment = {
  name: 'credentials-from-environment',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: 'environment',
      namespace: 'own',
    }));
    onLoad({ filter: /^environment$/, namespace: 'own' }, () => ({
      contents: `
        import { fromEnv } from '@aws-sdk/credential-provider-env';
        export const defaultProvider = () => fromEnv();
        export const credentialsTreatedAsExpired = () => false;
        export const credentialsWillNeedRefresh = () => false;`,
      resolveDir: root,
    }));
  },
};

/** The Atlas client over what Node has built in, rather than over undici: core/atlas/small-transport.ts says why. */
const smallTransport = {
  name: 'small-transport',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/transport\.ts$/ }, ({ importer }) =>
      importer === join(root, 'core/atlas/create-client.ts')
        ? { path: join(root, 'core/atlas/small-transport.ts') }
        : undefined,
    );
  },
};

rmSync(out, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [...handlersIn('lambdas'), ...handlersIn('lambdas/tasks')],
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The CommonJS that many packages name as main can't be shaken: twice the size.
  mainFields: ['module', 'main'],
  minify: true,
  // Names of errors are what people and workflows read.
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  // Packages that come as CommonJS require what is built into Node.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [credentialsFromEnvironment, smallTransport],
});
writeFileSync(join(out, 'meta.json'), JSON.stringify(metafile));
