import type { JobSummary } from '../job.ts';
import type { JobFilter, JobStore } from '../store.ts';
import { ALL_JOBS, jobKey, summaryIn } from './job-item.ts';
import { decodeCursor, encodeCursor, filterValue } from './list-cursor.ts';
import type { IndexName, Table } from './table.ts';
import type { Item } from './item.ts';
import { reaching } from './write-item.ts';

/** Most jobs that one page may hold. */
export const MAX_PAGE = 200;

/** A job in a list; without a summary when that is damaged. */
interface Listed {
  readonly jobId: string;
  readonly summary: JobSummary | undefined;
}

const INDEX_OF: Readonly<Record<JobFilter['by'], IndexName>> = {
  all: 'jobs-all',
  cluster: 'jobs-by-cluster',
  status: 'jobs-by-status',
  kind: 'jobs-by-kind',
};

/** The lists of jobs, newest first. */
export function jobLists(table: Table): Pick<JobStore, 'list'> {
  return {
    async list(filter, { limit, cursor }) {
      if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
        throw new RangeError(`A page holds 1 to ${MAX_PAGE} jobs; ${limit} were asked for.`);
      }
      const after = cursor === undefined ? undefined : decodeCursor(filter, cursor);
      // One more than asked for tells whether there is another page.
      const found = await query(table, filter, limit + 1, after);
      const listed = found.slice(0, limit);
      const last = listed.at(-1);
      const damaged = listed.filter(({ summary }) => summary === undefined).map(({ jobId }) => jobId);
      return {
        jobs: listed.flatMap(({ summary }) => summary ?? []),
        ...(damaged.length > 0 && { damaged }),
        ...(found.length > limit && last !== undefined && { cursor: encodeCursor(filter, last.jobId) }),
      };
    },
  };
}

async function query(table: Table, filter: JobFilter, limit: number, after?: string): Promise<Listed[]> {
  const items = await reaching(table, () =>
    table.queryIndex({
      index: INDEX_OF[filter.by],
      value: filter.by === 'all' ? ALL_JOBS : filterValue(filter),
      limit,
      ...(after !== undefined && { after: { ...jobKey(after), jobId: after } }),
    }),
  );
  return items.map(listedIn);
}

function listedIn({ jobId, summary }: Item): Listed {
  return { jobId: String(jobId), summary: summaryIn(summary, String(jobId)) };
}
