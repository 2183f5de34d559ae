import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const recordSchema = z.looseObject({
  /** ISO 8601 UTC, when Atlas answered. */
  at: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});

/** One request to the real Atlas, and its reply. */
export type Record = z.infer<typeof recordSchema>;

/** Recordings of the real Atlas, in time order. */
export interface Recording {
  readonly file: string;
  readonly records: readonly Record[];
}

/** Where recordings are looked for: a folder named by LIFEBOAT_RECORDINGS, or the one shared beside the checkout. */
export const RECORDINGS = resolve(process.env.LIFEBOAT_RECORDINGS ?? '../shared/atlas/recordings');

/** All recordings, each up to where its own clean-up begins. None when the folder is absent. */
export function readRecordings(): Recording[] {
  if (!existsSync(RECORDINGS)) return [];
  return readdirSync(RECORDINGS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ file, records: z.array(recordSchema).parse(readJson(join(RECORDINGS, file))) }))
    .map(({ file, records }) => ({ file, records: beforeCleanUp(records) }));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function beforeCleanUp(records: readonly Record[]): Record[] {
  const first = records.findIndex(({ method, status }) => method === 'DELETE' && status < 300);
  return first === -1 ? [...records] : records.slice(0, first);
}

/** A restore that a recording holds. */
export interface RecordedRestore {
  readonly file: string;
  readonly api: 'clusters' | 'flexClusters';
  readonly project: string;
  readonly cluster: string;
  /** The reply to the request that started it. */
  readonly started: Record;
  readonly reply: z.infer<typeof replySchema>;
}

const replySchema = z.looseObject({
  id: z.string(),
  deliveryType: z.string(),
  snapshotId: z.string(),
  targetGroupId: z.string().optional(),
  targetClusterName: z.string().optional(),
  targetProjectId: z.string().optional(),
  targetDeploymentItemName: z.string().optional(),
});

const RESTORE_PATH =
  /^\/api\/atlas\/v2\/groups\/([a-f0-9]{24})\/(clusters|flexClusters)\/([^/]+)\/backup\/restoreJobs$/;

/** Every restore that a recording started. */
export function restoresIn({ file, records }: Recording): RecordedRestore[] {
  return records.flatMap((record) => {
    const match = RESTORE_PATH.exec(record.path);
    if (record.method !== 'POST' || record.status >= 300 || match === null) return [];
    const [, project = '', api = 'clusters', cluster = ''] = match;
    return [
      {
        file,
        api: api as RecordedRestore['api'],
        project,
        cluster,
        started: record,
        reply: replySchema.parse(record.body),
      },
    ];
  });
}
