import { jobName } from '../core/jobs/simulated.ts';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { jsonText } from '../core/visible-text.ts';
import { renderReport } from '../core/report/html.ts';
import type { Report } from '../core/report/report.ts';
import type { ReportStore } from '../core/tasks/context.ts';
import { ReportUnwritableError } from '../core/tasks/errors.ts';
import { makeHomeFolder, writeHomeFile } from './home-modes.ts';

/** Where the HTML report of a job is kept, as an absolute path. */
export function reportPath(home: string, jobId: string): string {
  return resolve(home, 'reports', `${jobId}.html`);
}

/** Where the same facts are kept as JSON. */
export function reportFactsPath(home: string, jobId: string): string {
  return resolve(home, 'reports', `${jobId}.json`);
}

/** Reports as files under `home`: an HTML page, and the same facts as JSON beside it. */
export function reportFiles(home: string): ReportStore {
  return {
    async put(report: Report) {
      const html = reportPath(home, report.jobId);
      try {
        await makeHomeFolder(home, 'reports');
        await replaceFile(home, reportFactsPath(home, report.jobId), `${jsonText(report, 2)}\n`);
        await replaceFile(home, html, renderReport(report));
      } catch (cause) {
        throw new ReportUnwritableError(
          `The report of job ${jobName(report)} could not be written to ${html}: ${reason(cause)}.`,
          {
            changed: 'The job itself is recorded.',
            next: `Make room or give write access, then: lifeboat report ${report.jobId}`,
            cause,
          },
        );
      }
      return html;
    },
    place: (jobId) => reportPath(home, jobId),
  };
}

/** A reader sees the old file or the new one, never half of it. */
async function replaceFile(home: string, path: string, contents: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeHomeFile(home, draft, contents);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function reason(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'no permission to write there';
  return code ?? String(cause);
}
