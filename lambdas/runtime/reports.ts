import { AwsClient } from 'aws4fetch';
import { renderReport } from '../../core/report/html.ts';
import type { Report } from '../../core/report/report.ts';
import type { ReportStore } from '../../core/tasks/context.ts';
import { ReportUnwritableError } from '../../core/tasks/errors.ts';
import { readEnvironment } from './environment.ts';
import { asking } from './errors.ts';
import { reportKeys, reportPlace } from './report-place.ts';

/** Reports in the bucket: an HTML page, and the same facts as JSON beside it. */
export const bucketReports: ReportStore = {
  async put(report: Report) {
    const { LIFEBOAT_REPORT_BUCKET: bucket } = readEnvironment('reports');
    const { html, facts } = reportKeys(report.jobId);
    try {
      await putObject(bucket, facts, 'application/json', `${JSON.stringify(report, null, 2)}\n`);
      await putObject(bucket, html, 'text/html; charset=utf-8', renderReport(report));
    } catch (cause) {
      throw new ReportUnwritableError(
        `The report of job ${report.jobId} could not be written to the bucket ${bucket}: ${cause instanceof Error ? cause.message : String(cause)}.`,
        { changed: 'The job itself is recorded.', next: 'See whether the bucket is there.', cause },
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
    const reply = await signer().fetch(objectUrl(bucket, reportKeys(jobId).facts));
    if (reply.status === 404) return undefined;
    if (!reply.ok) throw new Error(`S3 answered with status ${reply.status}`);
    return reply.json();
  });
}

async function putObject(bucket: string, key: string, type: string, body: string): Promise<void> {
  const headers = { 'content-type': type };
  const reply = await signer().fetch(objectUrl(bucket, key), { method: 'PUT', headers, body });
  if (!reply.ok) throw new Error(`S3 answered with status ${reply.status}`);
}

/** Two requests do not need the S3 client of the SDK. What fails with 5xx is asked again, up to ten times, by the signer. */
function signer(): AwsClient {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = process.env;
  return new AwsClient({
    service: 's3',
    region: AWS_REGION ?? '',
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
  });
}

/** As the SDKs do, an endpoint that the environment names goes before AWS's own. */
function objectUrl(bucket: string, key: string): string {
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION } = process.env;
  const endpoint = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL;
  return endpoint === undefined
    ? `https://${bucket}.s3.${AWS_REGION ?? ''}.amazonaws.com/${key}`
    : `${endpoint}/${bucket}/${key}`;
}
