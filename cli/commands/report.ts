import { jsonText } from '../../core/visible-text.ts';
import { writeFile } from 'node:fs/promises';
import { buildReport } from '../../core/report/build-report.ts';
import { renderReport } from '../../core/report/html.ts';
import type { Report } from '../../core/report/report.ts';
import { reportFiles } from '../../local/report-files.ts';
import type { Cli, Remote } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { shorter } from '../output/shorter.ts';
import { reachRemote } from '../reach-remote.ts';
import { readJob } from '../read-job.ts';
import { nowFor } from '../with-job.ts';

/** Options of `report`. */
export interface ReportOptions {
  readonly json?: boolean;
  readonly output?: string;
}

/** Writes the report of a job, or prints its facts. */
export async function report(
  cli: Cli,
  jobId: string,
  { json = false, output }: ReportOptions,
): Promise<number> {
  const { remote } = cli;
  const facts = remote === undefined ? await factsHere(cli, jobId) : await factsThere(remote, cli, jobId);
  if (output !== undefined) await writePage(renderReport(facts), output);
  if (json) cli.out.line(jsonText(facts, 2));
  else cli.out.line(output ?? shorter(await reportFiles(cli.home).put(facts)));
  return EXIT.done;
}

async function factsHere(cli: Cli, jobId: string): Promise<Report> {
  const read = await readJob(cli, jobId);
  return buildReport(read.job, read.timeline, nowFor(read));
}

/** As the API keeps it: it may know more of the end than can be built anew. */
async function factsThere(remote: Remote, cli: Cli, jobId: string): Promise<Report> {
  const api = await reachRemote(remote, cli);
  return api.report(jobId);
}

async function writePage(page: string, path: string): Promise<void> {
  try {
    await writeFile(path, page);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `The report could not be written to ${path}: ${reason}.`,
      'Name a file that you may write.',
      error,
    );
  }
}
