import { readEnvironment } from './environment.ts';

/** The keys of a job's report in the bucket. */
export function reportKeys(jobId: string): { readonly html: string; readonly facts: string } {
  return { html: `reports/${jobId}.html`, facts: `reports/${jobId}.json` };
}

/** Where the page of a job's report is, or will be, as an address that the AWS CLI reads. */
export function reportPlace(jobId: string): string {
  return `s3://${readEnvironment('reports').LIFEBOAT_REPORT_BUCKET}/${reportKeys(jobId).html}`;
}
