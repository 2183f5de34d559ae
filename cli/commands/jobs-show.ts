import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import type { Job } from '../../core/jobs/job.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { reportPath } from '../../local/report-files.ts';
import { existsSync } from 'node:fs';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { jobDocument } from '../job-document.ts';
import { answerLines, approvalLines } from '../output/approval.ts';
import { commandLines } from '../output/command-lines.ts';
import { jobLines } from '../output/job-facts.ts';
import { underWayText } from '../output/outlook.ts';
import { shorter } from '../output/shorter.ts';
import { readJob } from '../read-job.ts';
import { nowFor } from '../with-job.ts';

/** Options of the commands that show something of a job. */
export interface ShowOptions {
  readonly json?: boolean;
}

/** Shows what is known of a job. */
export async function showJob(cli: Cli, jobId: string, { json = false }: ShowOptions): Promise<number> {
  const read = await readJob(cli, jobId);
  const { out } = cli;
  if (json) {
    out.line(jobDocument(read.job, read.outlook, read.interrupted));
    return EXIT.done;
  }
  const now = nowFor(read);
  const path = reportPath(cli.home, jobId);
  const isHere = cli.remote === undefined && existsSync(path);
  const layout = {
    width: out.width,
    colors: out.colors,
    reportPath: isHere ? shorter(path) : undefined,
    underWay: read.outlook === undefined ? undefined : underWayText(read.outlook, now),
    interrupted: read.interrupted,
  };
  const lines = jobLines(buildReport(read.job, read.timeline, now), layout);
  out.line([...lines, ...askedLines(read.job, { now, ...layout })].join('\n'));
  return EXIT.done;
}

/** What the job asks people for, and how to answer; nothing while it asks nobody. */
function askedLines(job: Job, layout: Parameters<typeof approvalLines>[2]): string[] {
  const open = openRequest(job);
  if (open === undefined) return [];
  const answers = answerLines(job.jobId, open).flatMap((line) =>
    commandLines(line, layout.width - 2).map((part) => `  ${part}`),
  );
  return ['', ...approvalLines(open, job, layout), '', ...answers];
}
