import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../core/jobs/job.ts';
import { jobItem } from '../../core/jobs/table/job-item.ts';
import { jobEvent } from '../../core/notify/message.ts';
import { jobChange } from '../../lambdas/runtime/job-changes.ts';
import { NOW, sampleJob } from '../core/jobs/sample-job.ts';

const place = (jobId: string) => `s3://reports/${jobId}.html`;

/** What the stream tells of a write. */
function written(after: Job, before?: Job): DynamoDBRecord {
  const image = (job: Job) => marshall(jobItem(job)) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];
  return {
    dynamodb: { NewImage: image(after), ...(before !== undefined && { OldImage: image(before) }) },
  };
}

const running = sampleJob({ status: 'RUNNING', startedAt: NOW, updatedAt: NOW });
const ended = sampleJob({
  ...running,
  status: 'SUCCEEDED',
  verdict: 'passed',
  endedAt: NOW,
  rtoSeconds: 60,
});

describe('a write of a job', () => {
  it('tells what there was not to tell before, as the messages to people do', () => {
    const change = jobChange(written(ended, running), place);
    expect(change?.events.map(({ type }) => type)).toEqual(['lifeboat.job.succeeded']);
    for (const event of change?.events ?? []) expect(() => jobEvent.parse(event)).not.toThrow();
  });

  it('tells that it began', () => {
    const before = sampleJob({ updatedAt: NOW });
    expect(jobChange(written(running, before), place)?.events.map(({ type }) => type)).toEqual([
      'lifeboat.job.started',
    ]);
  });

  it('tells nothing twice: a write after the end says nothing', () => {
    const later = { ...ended, version: ended.version + 1 };
    expect(jobChange(written(later, ended), place)?.events).toEqual([]);
  });

  it('says the same when it is delivered again', () => {
    const [first, second] = [written(ended, running), written(ended, running)].map((one) =>
      jobChange(one, place),
    );
    expect(first).toEqual(second);
  });

  it('of something else tells nothing', () => {
    const lease = { dynamodb: { NewImage: { pk: { S: 'LEASE#x' }, sk: { S: 'LEASE' } } } } as DynamoDBRecord;
    expect(jobChange(lease, place)).toBeUndefined();
  });
});
