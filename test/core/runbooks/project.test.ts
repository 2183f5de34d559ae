import { expect, test } from 'vitest';
import { clusterTitle, projectName, projectNamesIn } from '../../../core/runbooks/project.ts';

const REF = { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' };

test('a project is shown by name and id, and by its id alone where its name could not be read', () => {
  const names = projectNamesIn([
    { seen: { id: REF.project, name: 'production' } },
    { seen: { id: '5e2f1c0a9d3b7a4c8e6f0a02' } },
    { unseen: 'the credentials may not read it' },
    undefined,
  ]);
  expect(names).toEqual({ [REF.project]: 'production' });
  expect(clusterTitle(REF, names)).toBe(`${REF.project}/orders (project production)`);
  expect(clusterTitle(REF)).toBe(`${REF.project}/orders`);
  expect(projectName({ id: REF.project, name: 'production' })).toBe(`production (${REF.project})`);
});
