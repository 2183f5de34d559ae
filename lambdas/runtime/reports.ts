import { jobName } from '../../core/jobs/simulated.ts';
import { jsonText } from '../../core/visible-text.ts';
import { renderReport } from '../../core/report/html.ts';
import type { Report } from '../../core/report/report.ts';
import type { ReportStore } from '../../core/tasks/context.ts';
import { ReportUnwritableError } from '../../core/tasks/errors.ts';
import { endpointOf, exchangeWithAws } from './ask-aws.ts';
import { readEnvironment } from './environment.ts';
import { asking } from './errors.ts';
import { reportKeys, reportPlace } from './report-place.ts';

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
    const url = objectUrl(bucket, reportKeys(jobId).facts);
    const { status, body } = await exchangeWithAws({ service: 's3', method: 'GET', url });
    if (status === 404) return undefined;
    if (status >= 300) throw new Error(`S3 answered with status ${status}`);
    return JSON.parse(body) as unknown;
  });
}

async function putObject(bucket: string, key: string, type: string, body: string): Promise<void> {
  const headers = { 'content-type': type };
  const { status } = await exchangeWithAws({
    service: 's3',
    method: 'PUT',
    url: objectUrl(bucket, key),
    headers,
    body,
  });
  if (status >= 300) throw new Error(`S3 answered with status ${status}`);
}

/** S3 is asked at the host of the bucket; whatever stands in for it, by the path. */
function objectUrl(bucket: string, key: string): string {
  const endpoint = endpointOf('s3', `${bucket}.`);
  return new URL(endpoint).hostname.startsWith(`${bucket}.`)
    ? `${endpoint}/${key}`
    : `${endpoint}/${bucket}/${key}`;
}
