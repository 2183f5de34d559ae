// Changes one folder of the product in every small way that Stryker knows, one at a time, and tells which changes no unit test notices.
// usage: npm run mutation -- core/runbooks/guards
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

const folders = process.argv.slice(2).map((folder) => folder.replace(/\/+$/, ''));
const wrong = folders.filter((folder) => statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true);
if (folders.length === 0 || wrong.length > 0) {
  process.stderr.write(
    wrong.length > 0
      ? `Not a folder here: ${wrong.join(', ')}.\n`
      : 'Name a folder of the product, such as core/runbooks/guards.\n',
  );
  process.exit(2);
}
const mutated = folders.map((folder) => `${folder}/**/*.ts`).join(',');
const { status } = spawnSync('stryker', ['run', '--mutate', mutated], { stdio: 'inherit' });
process.exit(status ?? 1);
