import { isoTime, secondsBetween, type Clock } from '../clock.ts';
import type { JobSummary } from '../jobs/job.ts';
import type { JobStore } from '../jobs/store.ts';
import { trendOf, type Trend } from './drill-trend.ts';

/** A drill that has ended, as far as it tells how ready a cluster is. */
export type EndedDrill = Pick<JobSummary, 'jobId' | 'status' | 'verdict' | 'rtoSeconds' | 'rpoSeconds'> & {
  /** ISO 8601 UTC. */
  readonly endedAt: string;
};

/** What the drills of a cluster prove. Instants are ISO 8601 UTC. */
export interface Readiness {
  /** `project/cluster`. */
  readonly cluster: string;
  /** Only drills in this Atlas count: a simulated one proves nothing about another. */
  readonly atlasUrl: string;
  /** The last that passed. */
  readonly lastGoodDrill: EndedDrill | null;
  /** Since that one ended. */
  readonly ageSeconds: number | null;
  /** The last that ended, whatever came of it. */
  readonly lastDrill: EndedDrill | null;
  readonly rto: Trend | null;
  readonly rpo: Trend | null;
  readonly dueEverySeconds: number;
  /** Null without a good drill: one was always due then. */
  readonly dueAt: string | null;
  readonly overdue: boolean;
}

/** What readiness is judged by. */
export interface ReadinessQuestion {
  /** `project/cluster`. */
  readonly cluster: string;
  /** Origin of the Atlas whose drills count. */
  readonly atlasUrl: string;
  /** A good drill is due so many seconds after the last. */
  readonly dueEverySeconds: number;
}

/** Good drills that a trend is made of: the last, and ten to compare it with. */
const GOOD_DRILLS = 11;
/** Jobs of a cluster that are looked through for them, newest first: pages, and jobs of a page. */
const MOST_PAGES = 5;
const PAGE = 100;

/** How ready a cluster is, by the drills that restored from it. */
export async function clusterReadiness(
  { cluster, atlasUrl, dueEverySeconds }: ReadinessQuestion,
  jobs: JobStore,
  clock: Clock,
): Promise<Readiness> {
  const drills = await endedDrills(cluster, atlasUrl, jobs);
  const good = drills.filter(isGood);
  const last = good[0];
  const now = isoTime(clock.now());
  const age = last === undefined ? null : Math.max(0, secondsBetween(last.endedAt, now));
  const dueAt = last === undefined ? null : isoTime(Date.parse(last.endedAt) + dueEverySeconds * 1000);
  return {
    cluster,
    atlasUrl,
    lastGoodDrill: last ?? null,
    ageSeconds: age,
    lastDrill: drills[0] ?? null,
    rto: trendOf(good.map(({ rtoSeconds }) => rtoSeconds)),
    rpo: trendOf(good.map(({ rpoSeconds }) => rpoSeconds)),
    dueEverySeconds,
    dueAt,
    overdue: age === null || age > dueEverySeconds,
  };
}

function isGood({ status, verdict }: EndedDrill): boolean {
  return status === 'SUCCEEDED' && verdict === 'passed';
}

/** Ended drills of a cluster in one Atlas, newest first, until there are enough good ones. */
async function endedDrills(cluster: string, atlasUrl: string, jobs: JobStore): Promise<EndedDrill[]> {
  const found: EndedDrill[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const listed = await jobs.list({ by: 'cluster', cluster }, { limit: PAGE, ...(cursor && { cursor }) });
    for (const { jobId, kind, endedAt, ...drill } of listed.jobs) {
      if (kind !== 'drill' || endedAt === undefined) continue;
      // Lists don't tell which Atlas a job ran in.
      if ((await jobs.get(jobId)).atlasUrl !== atlasUrl) continue;
      const { status, verdict, rtoSeconds, rpoSeconds } = drill;
      found.push({ jobId, endedAt, status, ...(verdict && { verdict }), rtoSeconds, rpoSeconds });
      if (found.filter(isGood).length === GOOD_DRILLS) return found;
    }
    if (listed.cursor === undefined) return found;
    cursor = listed.cursor;
  }
  return found;
}
