import { writeFile } from 'node:fs/promises';
import { buildReport } from '../../core/report/build-report.ts';
import { renderReport } from '../../core/report/html.ts';
import type { Report } from '../../core/report/report.ts';
import { reportFiles } from '../../local/report-files.ts';
import type { Cli } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { shorter } from '../output/shorter.ts';
import { nowFor, withJob } from '../with-job.ts';

/** Options of `report`. */
export interface ReportOptions {
  readonly json?: boolean;
  readonly output?: string;
}

/** Writes the report of a job, or prints its facts. */
export function report(cli: Cli, jobId: string, { json = false, output }: ReportOptions): Promise<number> {
  return withJob(cli, jobId, async (record) => {
    const facts = buildReport(record.job, record.timeline, nowFor(record));
    if (output !== undefined) await writePage(facts, output);
    if (json) cli.out.line(JSON.stringify(facts, null, 2));
    else cli.out.line(output ?? shorter(await reportFiles(cli.home).put(facts)));
    return EXIT.done;
  });
}

async function writePage(facts: Report, path: string): Promise<void> {
  try {
    await writeFile(path, renderReport(facts));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `The report could not be written to ${path}: ${reason}.`,
      'Name a file that you may write.',
      error,
    );
  }
}
