import { beforeEach, describe, expect, it } from 'vitest';
import { ReportUnwritableError } from '../../core/tasks/errors.ts';
import { AwsServiceError } from '../../lambdas/runtime/errors.ts';
import { bucketReports, readFacts } from '../../lambdas/runtime/reports.ts';
import { runWorkflow, wake } from '../../lambdas/runtime/workflows.ts';
import { passedDrill, reportOf } from '../core/report/fixtures.ts';
import { useAwsServer } from './aws-server.ts';

const JOB = '01M803MRKRF7KPT9GWF2NGTVYH';
const MACHINE = 'arn:aws:states:eu-west-1:111111111111:stateMachine:restore';

interface Seen {
  readonly what: string;
  readonly type: string | undefined;
  readonly body: string;
}

let reply: { readonly status: number; readonly body: string };
let seen: Seen[] = [];
useAwsServer(
  (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = request.headers['x-amz-target'];
      const what = typeof target === 'string' ? target : `${request.method} ${request.url?.split('?')[0]}`;
      seen.push({ what, type: request.headers['content-type'], body: Buffer.concat(chunks).toString() });
      response.writeHead(reply.status).end(reply.body);
    });
  },
  { LIFEBOAT_REPORT_BUCKET: 'bucket', LIFEBOAT_WORKFLOWS: JSON.stringify({ restore: MACHINE }) },
);
beforeEach(() => {
  seen = [];
  reply = { status: 200, body: '{}' };
});

const passedReport = () => reportOf(passedDrill());

const refused = (type: string) => ({ status: 400, body: JSON.stringify({ __type: type, message: 'No.' }) });

describe('a workflow', () => {
  it('is started under the id of its job, and starting it again is no error', async () => {
    await runWorkflow(JOB, 'restore');
    reply = refused('ExecutionAlreadyExists');
    await runWorkflow(JOB, 'restore');
    expect(seen.map(({ what }) => what)).toEqual(Array(2).fill('AWSStepFunctions.StartExecution'));
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      stateMachineArn: MACHINE,
      name: JOB,
      input: JSON.stringify({ jobId: JOB }),
    });
  });

  it('that is not to be started is an error that says so', async () => {
    reply = refused('StateMachineDoesNotExist');
    await expect(runWorkflow(JOB, 'restore')).rejects.toThrow(AwsServiceError);
    await expect(runWorkflow(JOB, 'restore')).rejects.toThrow(
      /start the workflow of job .*StateMachineDoesNotExist/,
    );
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'whose sleep is over is left alone: %s',
    async (type) => {
      reply = refused(type);
      await wake('token');
      expect(seen.map(({ what }) => what)).toEqual(['AWSStepFunctions.SendTaskSuccess']);
    },
  );

  it('without a token is not woken', async () => {
    await wake(undefined);
    expect(seen).toEqual([]);
  });
});

describe('a report', () => {
  it('is an object of facts and one of the page', async () => {
    const report = passedReport();
    expect(await bucketReports.put(report)).toBe(`s3://bucket/reports/${report.jobId}.html`);
    expect(seen.map(({ what, type }) => [what, type])).toEqual([
      [`PUT /bucket/reports/${report.jobId}.json`, 'application/json'],
      [`PUT /bucket/reports/${report.jobId}.html`, 'text/html; charset=utf-8'],
    ]);
    expect(seen[0]?.body).toContain(report.jobId);
  });

  it('that S3 refuses is an error that names the bucket', async () => {
    reply = { status: 403, body: '<Error><Code>AccessDenied</Code><Message>No.</Message></Error>' };
    await expect(bucketReports.put(passedReport())).rejects.toThrow(ReportUnwritableError);
  });

  it('is read as it was written; one that is not there is undefined, and any other refusal an error', async () => {
    reply = { status: 200, body: '{"verdict":"passed"}' };
    expect(await readFacts(JOB)).toEqual({ verdict: 'passed' });
    reply = { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>No.</Message></Error>' };
    expect(await readFacts(JOB)).toBeUndefined();
    reply = { status: 404, body: '<Error><Code>NoSuchBucket</Code><Message>No.</Message></Error>' };
    await expect(readFacts(JOB)).rejects.toThrow(AwsServiceError);
  });
});
