import { describe, expect, it } from 'vitest';
import { DEFAULT_WORLD } from '../../simulator/default-world.ts';
import { SimulatorFileError } from '../../simulator/simulator-file.ts';
import { worldFromFile } from '../../simulator/world-file.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { processesOf } from '../../simulator/processes.ts';
import { DRILLS, PRODUCTION } from './practice-client.ts';

const NOW = Date.parse('2026-08-10T03:30:00Z');

function problemsOf(file: unknown): readonly string[] {
  try {
    worldFromFile(file, 1, NOW);
  } catch (error) {
    if (error instanceof SimulatorFileError) return error.problems;
    throw error;
  }
  return [];
}

describe('the default world', () => {
  it('has the same names and project ids for every seed, and other credentials', () => {
    const [one, two] = [worldFromFile(DEFAULT_WORLD, 1, NOW), worldFromFile(DEFAULT_WORLD, 2, NOW)];
    const named = one.clusters.map(({ project, name, id }) => ({ project, name, id }));
    expect(two.clusters.map(({ project, name, id }) => ({ project, name, id }))).toEqual(named);
    expect(one.credentials).not.toEqual(two.credentials);
    const names = (project: string): string[] =>
      one.clusters.filter((cluster) => cluster.project === project).map(({ name }) => name);
    expect(names(PRODUCTION)).toEqual(['orders', 'events', 'sessions', 'customers', 'stock']);
    expect(names(DRILLS)).toEqual([
      'orders-drill',
      'events-drill',
      'sessions-drill',
      'small',
      'older',
      'parked',
      'spare',
    ]);
  });
});

describe('the practice ids', () => {
  const worlds = [1, 2].map((seed) => worldFromFile(DEFAULT_WORLD, seed, NOW));

  it('are all in the default world, for every seed', () => {
    for (const world of worlds) {
      const processes = world.projects.flatMap(({ id }) => processesOf(world, id));
      const text = JSON.stringify([world, processes]);
      for (const [name, id] of Object.entries(IDS))
        expect(text.includes(JSON.stringify(id)), name).toBe(true);
    }
  });

  it('name the primaries of the drill and of its source', () => {
    for (const world of worlds) {
      const primary = (project: string): string | undefined =>
        processesOf(world, project).find(({ type }) => type === 'REPLICA_PRIMARY')?.id;
      expect(primary(DRILLS)).toBe(IDS.processId);
      expect(primary(PRODUCTION)).toBe(IDS.sourceProcessId);
    }
  });
});

describe('a world file', () => {
  it('is refused with every mistake, each led by where it stands', () => {
    const problems = problemsOf({
      projects: [
        {
          id: 'short',
          name: '',
          clusters: [
            { name: 'a b', version: '8' },
            { name: 'twin', shards: 2 },
          ],
          colour: 'red',
        },
      ],
      credentials: [{ clientId: 'id' }],
    });
    for (const place of [
      'projects.0.id',
      'projects.0.name',
      'projects.0.clusters.0.name',
      'projects.0.clusters.0.version',
    ]) {
      expect(
        problems.some((problem) => problem.startsWith(`${place}: `)),
        place,
      ).toBe(true);
    }
    expect(problems.join()).toContain(
      'projects.0.clusters.1.shards: only a sharded cluster has more than one shard',
    );
    expect(problems.join()).toContain('colour');
    expect(problems.join()).toContain('credentials.0.clientSecret');
  });

  it('must not name two clusters of a project, or two projects, alike', () => {
    const twice = { id: DRILLS, name: 'drills', clusters: [{ name: 'one' }, { name: 'one' }] };
    expect(problemsOf({ projects: [twice] })).toEqual([
      'projects.0.clusters: two clusters have the same name',
    ]);
    const plain = { id: DRILLS, name: 'drills' };
    expect(problemsOf({ projects: [plain, plain] })).toEqual(['projects: two projects have the same id']);
  });

  it('names the mistakes of what a project and an organization hold', () => {
    const project = { id: DRILLS, name: 'drills', peers: [{ id: 'short' }], pipelines: [{ name: 'a b' }] };
    const places = problemsOf({
      projects: [project],
      organizations: [{ id: IDS.orgId }, { id: IDS.orgId }],
      credentials: [{ roles: { '*': ['GROUP_KING'] } }],
    }).map((problem) => problem.split(':')[0]);
    expect(places).toEqual(
      expect.arrayContaining([
        'projects.0.peers.0.id',
        'projects.0.peers.0.containerId',
        'projects.0.pipelines.0.name',
        'organizations',
        'credentials.0.roles.*.0',
      ]),
    );
  });

  it.each([undefined, null, 'text', {}, { projects: [] }])('cannot be %j', (file) => {
    expect(problemsOf(file)).not.toEqual([]);
  });
});
