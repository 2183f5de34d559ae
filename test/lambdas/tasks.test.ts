import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TASKS } from '../../core/tasks/tasks.ts';
import { readWorkflows } from '../../infra/workflow-files.ts';

const folder = new URL('../../lambdas/tasks/', import.meta.url);
const files = readdirSync(folder);

function kebab(name: string): string {
  return name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

describe('the functions of tasks', () => {
  it('are one for each task, named after it', () => {
    expect(files.sort()).toEqual(
      Object.keys(TASKS)
        .map((name) => `${kebab(name)}.ts`)
        .sort(),
    );
  });

  it('hand over in one line', () => {
    for (const file of files) {
      const code = readFileSync(new URL(file, folder), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('import ') && !line.startsWith('/**'));
      expect(code, file).toHaveLength(1);
    }
  });

  it('are those that the workflows name', () => {
    const named = new Set(readWorkflows().flatMap(({ tasks }) => [...tasks.keys()]));
    expect(named).toEqual(new Set(Object.keys(TASKS)));
  });
});
