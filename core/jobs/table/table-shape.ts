/**
 * The shape of the one table that holds jobs, their timelines, the leases, what earlier work took and which requests came.
 * The CDK app and the SQLite file both build from it, so it imports nothing.
 *
 * | item      | `pk`                            | `sk`                                       |
 * | --------- | ------------------------------- | ------------------------------------------ |
 * | job       | `JOB#<jobId>`                   | `JOB`                                      |
 * | event     | `JOB#<jobId>`                   | `EVENT#<sequence, 8 digits>`               |
 * | lease     | `LEASE#<project/cluster>`       | `LEASE`                                    |
 * | claim     | `LEASE#restore-job/<id>`        | `LEASE`                                    |
 * | durations | `DURATIONS#<operation>/<kind>`  | `SIZE#<class, 2 digits>`, `SIZE#ANY`       |
 * | request   | `IDEMPOTENCY#<hash of its key>` | `IDEMPOTENCY`                              |
 * | freezes   | `FREEZE`                        | `FREEZE`                                   |
 *
 * Only job items carry the index keys, so only jobs are listed. A job id is a ULID: sorted by it, newest first is
 * simply backwards. Every key is a string.
 */
export const TABLE_SHAPE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Seconds since the UNIX epoch, on leases and requests. DynamoDB deletes late, so readers check the expiry themselves. */
  timeToLiveAttribute: 'deleteAfter',
  indexes: [
    { name: 'jobs-all', partitionKey: 'allJobs' },
    { name: 'jobs-by-cluster', partitionKey: 'sourceCluster' },
    { name: 'jobs-by-status', partitionKey: 'status' },
    { name: 'jobs-by-kind', partitionKey: 'kind' },
  ],
  /** Sort key of every index. */
  indexSortKey: 'jobId',
  /** What an index holds beside its keys: the summary as JSON text, so that a new field needs no new index. */
  projectedAttributes: ['summary'],
} as const;
