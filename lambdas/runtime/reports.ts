import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { jobName } from '../../core/jobs/simulated.ts';
import { jsonText } from '../../core/visible-text.ts';
import { renderReport } from '../../core/report/html.ts';
import type { Report } from '../../core/report/report.ts';
import type { ReportStore } from '../../core/tasks/context.ts';
import { ReportUnwritableError } from '../../core/tasks/errors.ts';
import { CLIENT_SETTINGS } from './aws-client.ts';
import { readEnvironment } from './environment.ts';
import { asking } from './errors.ts';
import { reportKeys, reportPlace } from './report-place.ts';

const client = new S3Client(CLIENT_SETTINGS);

/** Reports in the bucket: an HTML page, and the same facts as JSON beside it. */
export const bucketReports: ReportStore = {
  async put(report: Report) {
    const { LIFEBOAT_REPORT_BUCKET: bucket } = readEnvironment('reports');
    const { html, facts } = reportKeys(report.jobId);
    try {
      await putObject(bucket, facts, 'application/json', `${jsonText(report, 2)}\n`);
      await putObject(bucket, html, 'text/html; charset=utf-8', renderReport(report));
    } catch (cause) {
      throw new ReportUnwritableError(
        `The report of job ${jobName(report)} could not be written to the bucket ${bucket}: ${cause instanceof Error ? cause.message : String(cause)}.`,
        {
          changed: 'The job itself is recorded.',
          next: 'See whether the bucket is there, and whether the function may write to it.',
          cause,
        },
      );
    }
    return reportPlace(report.jobId);
  },
  place: reportPlace,
};

/**
 * Reads the facts of a job's report, parsed.
 *
 * @returns undefined when there are none.
 * @throws AwsServiceError
 */
export async function readFacts(jobId: string): Promise<unknown> {
  const { LIFEBOAT_REPORT_BUCKET: bucket } = readEnvironment('reports');
  return asking(`read the report of job ${jobId}`, async () => {
    try {
      const get = new GetObjectCommand({ Bucket: bucket, Key: reportKeys(jobId).facts });
      const text = await (await client.send(get)).Body?.transformToString();
      return JSON.parse(text ?? '') as unknown;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  });
}

async function putObject(bucket: string, key: string, type: string, body: string): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, ContentType: type, Body: body }));
}
