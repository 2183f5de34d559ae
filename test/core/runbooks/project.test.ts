import { expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { projectsOf } from '../../../core/runbooks/place.ts';
import { undertaking } from '../../../core/runbooks/undertaking.ts';
import { readFileSync } from 'node:fs';
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

const KINDS = ['drill', 'download', 'migration-night', 'pipeline-run', 'campaign'];

test.each(KINDS)('what examples/%s.yaml is about names each project by name and id', (name) => {
  const folder = new URL('../../../examples/', import.meta.url);
  const read = (path: string) => readFileSync(new URL(path, folder), 'utf8');
  const runbook = parseRunbook(read(`${name}.yaml`), `${name}.yaml`, read);
  const projects = projectsOf(runbook);
  expect(new Set(projects).size).toBe(projects.length);
  const names = Object.fromEntries(projects.map((id, index) => [id, `Project ${index}`]));
  const text = undertaking(runbook, names);
  const shown = projects.filter((id) => text.includes(id));
  expect(shown.length).toBeGreaterThan(0);
  for (const id of shown) expect(text).toContain(names[id]);
  expect(undertaking(runbook)).not.toContain('Project 0');
});
