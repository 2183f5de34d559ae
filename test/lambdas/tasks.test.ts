import { expect, it } from 'vitest';
import * as ROWS from '../../core/tasks.ts';
import { readWorkflows } from '../../infra/workflow-files.ts';

it('the table of tasks has those that the workflows name, and no others', () => {
  const named = new Set(readWorkflows().flatMap(({ tasks }) => [...tasks.keys()]));
  expect(named).toEqual(new Set(Object.keys(ROWS)));
});
