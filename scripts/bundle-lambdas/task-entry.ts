import type { Plugin } from 'esbuild';
import * as ROWS from '../../core/tasks.ts';
import { kebab } from '../../core/tasks/kebab.ts';
import type { Need, TaskRow } from '../../core/tasks/needs.ts';

/** What gives a task what it needs on AWS: the file in lambdas/runtime, and what it exports. Listing needs no more than the history. */
const PARTS: Readonly<Record<Exclude<Need, 'lists'>, readonly [file: string, part: string]>> = {
  atlas: ['with-atlas.ts', 'withAtlas'],
  outbound: ['with-outbound.ts', 'withOutbound'],
  reports: ['with-reports.ts', 'withReports'],
  wake: ['with-wake.ts', 'withWake'],
};

/** The entries of the bundler that are tasks: each is the code that {@link taskEntries} makes of a row. */
export const TASK_ENTRIES = Object.keys(ROWS).map((name) => ({
  in: `task:${name}`,
  out: `${kebab(name)}/index`,
}));

/**
 * Makes the handler of each row of the table of tasks. It names the row and the parts that the row needs, so that the bundle holds
 * nothing of the others.
 *
 * @param root the folder of the sources.
 */
export function taskEntries(root: string): Plugin {
  return {
    name: 'task-entries',
    setup(bundler) {
      bundler.onResolve({ filter: /^task:/ }, ({ path }) => ({
        path: path.replace('task:', ''),
        namespace: 'task',
      }));
      bundler.onLoad({ filter: /./, namespace: 'task' }, ({ path }) => ({
        contents: entryOf(path, ROWS[path as keyof typeof ROWS]),
        loader: 'ts',
        resolveDir: root,
      }));
    },
  };
}

function entryOf(name: string, { needs }: TaskRow): string {
  const parts = needs.flatMap((need) => (need === 'lists' ? [] : [PARTS[need]]));
  return [
    `import { ${name} } from './core/tasks.ts';`,
    `import { taskHandler } from './lambdas/runtime/task-handler.ts';`,
    ...parts.map(([file, part]) => `import { ${part} } from './lambdas/runtime/${file}';`),
    `export const handler = taskHandler('${name}', ${name}, [${parts.map(([, part]) => part).join(', ')}]);`,
  ].join('\n');
}
