import * as z from 'zod';
import { clusterReadiness, type Readiness } from '../../commands/cluster-readiness.ts';
import { standingFreeze } from '../../jobs/freeze.ts';
import { MAX_PAGE } from '../../jobs/table/list-jobs.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import { clusterNamePart, duration, projectId } from '../../runbooks/fields.ts';
import { defineRoute } from '../define-route.ts';
import { drillsDue } from '../drills-due.ts';
import type { HttpHost } from '../host.ts';
import { readinessListSchema, readinessSchema } from '../schemas/answers.ts';

const WEEK = 7 * 24 * 3600;

const query = z.strictObject({
  every: duration.optional().describe('How often a drill is due, such as 7d; 7 days by default'),
});

/** `GET /v1/readiness/{project}/{cluster}` */
export const getReadinessRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/readiness/{project}/{cluster}',
    operationId: 'getReadiness',
    summary: 'Tell how ready a cluster is to be restored',
    description:
      'Tells the last good drill of a cluster and its age, how RTO and RPO develop, and whether a drill is overdue.',
    scope: 'read',
    params: z.strictObject({ project: projectId, cluster: clusterNamePart }),
    query,
    answers: { 200: { description: 'What the drills of the cluster prove', schema: readinessSchema } },
    problems: [],
  },
  async ({ params, query: { every } }, host) => {
    const name = clusterName(params);
    const due = every ?? (await drillsDue(host)).get(name);
    return { status: 200, body: await readinessOf(name, due, host) };
  },
);

/** `GET /v1/readiness` */
export const listReadinessRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/readiness',
    operationId: 'listReadiness',
    summary: 'Tell how ready all clusters are',
    description: `Tells it of every cluster that a drill of the host's runbooks restores from, or one of the last ${MAX_PAGE} drills did.`,
    scope: 'read',
    query,
    answers: { 200: { description: 'The clusters, and which are overdue', schema: readinessListSchema } },
    problems: [],
  },
  async ({ query: { every } }, host) => {
    const due = await drillsDue(host);
    const names = new Set([...due.keys(), ...(await drilledLately(host))]);
    const clusters: ClusterAnswer[] = [];
    for (const name of [...names].sort())
      clusters.push(await readinessOf(name, every ?? due.get(name), host));
    const overdue = clusters.filter((one) => one.overdue).map(({ cluster }) => cluster);
    const frozen = standingFreeze(await host.jobs.freezes()) !== undefined;
    return { status: 200, body: { clusters, overdue, frozen } };
  },
);

/** Drills in a simulated Atlas count only for a host that has one, and the answer says so. */
async function readinessOf(
  cluster: string,
  dueEverySeconds: number | undefined,
  { atlasUrl, jobs, clock, simulation }: HttpHost,
): Promise<ClusterAnswer> {
  const question = { cluster, atlasUrl, dueEverySeconds: dueEverySeconds ?? WEEK };
  return { ...(await clusterReadiness(question, jobs, clock)), simulated: simulation !== undefined };
}

/** What is answered of one cluster. */
type ClusterAnswer = Readiness & { readonly simulated: boolean };

async function drilledLately({ jobs }: HttpHost): Promise<string[]> {
  const { jobs: drills } = await jobs.list({ by: 'kind', kind: 'drill' }, { limit: MAX_PAGE });
  return drills.flatMap(({ source }) => (source === undefined ? [] : [clusterName(source)]));
}
