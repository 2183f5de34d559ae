import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { JobSummary } from '../job.ts';
import type { JobFilter, JobStore } from '../store.ts';
import { ALL_JOBS, jobKey, summaryIn } from './job-item.ts';
import { decodeCursor, encodeCursor, filterValue } from './list-cursor.ts';
import { TABLE_SHAPE } from './table-shape.ts';
import type { Table } from './table.ts';
import type { Item } from './item.ts';
import { reaching } from './write-item.ts';

/** Most jobs that one page may hold. */
export const MAX_PAGE = 200;

type Key = Record<string, AttributeValue>;

/** A job in a list; without a summary when that is damaged. */
interface Listed {
  readonly jobId: string;
  readonly summary: JobSummary | undefined;
}

const INDEX_OF = {
  all: TABLE_SHAPE.indexes[0],
  cluster: TABLE_SHAPE.indexes[1],
  status: TABLE_SHAPE.indexes[2],
  kind: TABLE_SHAPE.indexes[3],
} as const;

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

/** DynamoDB ends an answer at 1 MB whatever the limit, so it is asked until there is enough. */
async function query(table: Table, filter: JobFilter, wanted: number, after?: string): Promise<Listed[]> {
  const found: Listed[] = [];
  let start: Key | undefined = after === undefined ? undefined : startKey(filter, after);
  do {
    const input = {
      TableName: table.tableName,
      IndexName: INDEX_OF[filter.by].name,
      KeyConditionExpression: '#partition = :value',
      ExpressionAttributeNames: { '#partition': INDEX_OF[filter.by].partitionKey },
      ExpressionAttributeValues: marshall({ ':value': partitionOf(filter) }),
      ScanIndexForward: false,
      Limit: wanted - found.length,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    };
    const answer = await reaching(table, () => table.query(input));
    found.push(...(answer.Items ?? []).map((item) => listedIn(unmarshall(item) as Item)));
    start = answer.LastEvaluatedKey;
  } while (start !== undefined && found.length < wanted);
  return found;
}

function partitionOf(filter: JobFilter): string {
  return filter.by === 'all' ? ALL_JOBS : filterValue(filter);
}

function startKey(filter: JobFilter, jobId: string): Key {
  return marshall({ ...jobKey(jobId), [INDEX_OF[filter.by].partitionKey]: partitionOf(filter), jobId });
}

function listedIn({ jobId, summary }: Item): Listed {
  return { jobId: String(jobId), summary: summaryIn(summary, String(jobId)) };
}
