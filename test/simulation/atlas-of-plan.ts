import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import type { WorldFile } from '../../simulator/world-schema.ts';
import type { AtlasPlan, MigrationPlan, OutcomePlan } from './plan.ts';

type Project = WorldFile['projects'][number];
type Cluster = NonNullable<Project['clusters']>[number];

/** A cluster by its project and name. */
export interface Place {
  readonly project: string;
  readonly cluster: string;
}

const production = (cluster: string): Place => ({ project: IDS.productionId, cluster });
const drills = (cluster: string): Place => ({ project: IDS.drillsId, cluster });
const platform = (cluster: string): Place => ({ project: IDS.platformId, cluster });

/** What jobs restore from and onto, of each kind of cluster, and what they migrate into: two of each. */
export const PLACES = {
  sources: {
    dedicated: [production('orders'), production('users')],
    flex: [production('sessions'), production('carts')],
  },
  targets: {
    dedicated: [drills('drill-one'), drills('drill-two')],
    flex: [drills('flex-one'), drills('flex-two')],
  },
  migrated: [platform('moved-one'), platform('moved-two')],
} as const;

/** The ids of the two migrations. */
export const MIGRATIONS = ['5e2f1c0a9d3b7a4c8e6f0e21', '5e2f1c0a9d3b7a4c8e6f0e22'] as const;

/** When every world begins. */
export const BEGINNING = Date.parse('2026-08-10T03:00:00.000Z');

const DATABASES = [{ name: 'shop', collections: 3, indexes: 5, objects: 10_000, objectBytes: 500 }];

/** The simulated Atlas of a plan. */
export function atlasOf({ restores, snapshots, migrations, run }: AtlasPlan): WorldFile {
  const [one, two, download] = restores;
  const source = ({ cluster }: Place, more: Partial<Cluster>): Cluster => ({
    name: cluster,
    databases: DATABASES,
    snapshots: [{ ageHours: 2 }, { ageHours: 8.5 }, { ageHours: 26 }],
    onDemandSnapshots: snapshots,
    ...(download !== undefined && { restores: download }),
    ...more,
  });
  const target = (
    { cluster }: Place,
    restored: OutcomePlan | undefined,
    more: Partial<Cluster>,
  ): Cluster => ({
    name: cluster,
    ...(restored !== undefined && { restores: restored }),
    ...more,
  });
  const [drillOne, drillTwo] = PLACES.targets.dedicated;
  const [flexOne, flexTwo] = PLACES.targets.flex;
  return {
    projects: [
      {
        id: IDS.productionId,
        name: 'production',
        clusters: [
          ...PLACES.sources.dedicated.map((place) => source(place, { pointInTime: true })),
          ...PLACES.sources.flex.map((place) => source(place, { kind: 'flex' })),
        ],
      },
      {
        id: IDS.drillsId,
        name: 'drills',
        clusters: [
          target(drillOne, one, {}),
          target(drillTwo, two, {}),
          target(flexOne, one, { kind: 'flex' }),
          target(flexTwo, two, { kind: 'flex' }),
        ],
      },
      {
        id: IDS.platformId,
        name: 'platform',
        clusters: PLACES.migrated.map(({ cluster }) => ({ name: cluster, onDemandSnapshots: snapshots })),
        liveMigrations: migrations.map((migration, index) => migrationOf(migration, index)),
      },
      { id: IDS.archiveId, name: 'archive', clusters: [{ name: 'orders' }], pipelines: [pipelineWith(run)] },
    ],
  };
}

function migrationOf({ lags, ...rest }: MigrationPlan, index: number) {
  return {
    id: MIGRATIONS[index] ?? '',
    ageHours: 0,
    lagSeconds: 1,
    target: PLACES.migrated[index]?.cluster ?? '',
    history: lags.map(({ from, lag }) => ({ from, lag })),
    ...rest,
  };
}

function pipelineWith({ waits, ...run }: AtlasPlan['run']) {
  return {
    id: IDS.pipelineId,
    name: IDS.pipelineName,
    state: waits ? ('PAUSED' as const) : ('ACTIVE' as const),
    source: { cluster: 'orders', database: 'shop', collection: 'orders' },
    runs: [{ id: IDS.pipelineRunId, ageHours: 0, waits, ...run }],
  };
}
