import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Job } from '../../core/jobs/job.ts';
import { compose } from '../../core/notify/compose.ts';
import { dueNotices } from '../../core/notify/due.ts';
import type { JobEvent } from '../../core/notify/message.ts';

/** What came of one write of a job: the job as it stands since, and what there is to tell that there was not before. */
export interface JobChange {
  readonly job: Job;
  readonly events: readonly JobEvent[];
}

/**
 * Reads a record of the table's stream. It says the same however often it is delivered: what is told, and its id, follow from
 * the job before and the job after.
 *
 * @param placeOf where the report of a job is kept.
 * @returns undefined for a record of something else than a job.
 */
export function jobChange(
  { dynamodb }: DynamoDBRecord,
  placeOf: (jobId: string) => string,
): JobChange | undefined {
  const job = jobIn(dynamodb?.NewImage);
  if (job === undefined) return undefined;
  const before = jobIn(dynamodb?.OldImage);
  const told = new Set(before === undefined ? [] : dueNotices(before, before.updatedAt).map(({ id }) => id));
  const now = job.updatedAt;
  const events = dueNotices(job, now)
    .filter(({ id }) => !told.has(id))
    .map((notice) => compose(job, notice, now, placeOf(job.jobId)));
  return { job, events };
}

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

function jobIn(image: Image): Job | undefined {
  if (image?.sk?.S !== 'JOB') return undefined;
  const { document } = unmarshall(image as Record<string, AttributeValue>);
  return JSON.parse(String(document)) as Job;
}
