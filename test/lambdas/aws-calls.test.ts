import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReportUnwritableError } from '../../core/tasks/errors.ts';
import { AwsServiceError } from '../../lambdas/runtime/errors.ts';
import { bucketReports, readFacts } from '../../lambdas/runtime/reports.ts';
import { runWorkflow, wake } from '../../lambdas/runtime/workflows.ts';
import { passedDrill, reportOf } from '../core/report/fixtures.ts';

const JOB = '01M803MRKRF7KPT9GWF2NGTVYH';
const MACHINE = 'arn:aws:states:eu-west-1:111111111111:stateMachine:restore';

interface Seen {
  readonly what: string;
  readonly type: string | undefined;
  readonly body: string;
}

let server: Server;
let reply: { readonly status: number; readonly body: string };
let seen: Seen[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = request.headers['x-amz-target'];
      const what = typeof target === 'string' ? target : `${request.method} ${request.url?.split('?')[0]}`;
      seen.push({ what, type: request.headers['content-type'], body: Buffer.concat(chunks).toString() });
      response.writeHead(reply.status).end(reply.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('LIFEBOAT_REPORT_BUCKET', 'bucket');
  vi.stubEnv('LIFEBOAT_WORKFLOWS', JSON.stringify({ restore: MACHINE }));
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
  server.closeAllConnections();
});
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
