import { jobName } from '../../core/jobs/simulated.ts';
import { jsonText, visible } from '../../core/visible-text.ts';
import { readFile } from 'node:fs/promises';
import { verifyChain } from '../../core/jobs/chain.ts';
import type { Finding } from '../../core/report/finding.ts';
import { verifyJob as findingsOf } from '../../core/report/verify-job.ts';
import type { KeptReport } from '../../core/report/verify-report.ts';
import { reportFactsPath, reportPath } from '../../local/report-files.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { reachRemote } from '../reach-remote.ts';
import { readJob } from '../read-job.ts';
import { RemoteRefusedError } from '../remote/errors.ts';
import type { ShowOptions } from './jobs-show.ts';

/**
 * Verifies a job's timeline, its record and its report against each other.
 *
 * @returns 0 unless something contradicts; what could not be checked is named and does not count as a contradiction.
 */
export async function verifyJob(cli: Cli, jobId: string, { json = false }: ShowOptions): Promise<number> {
  const { job, timeline } = await readJob(cli, jobId);
  const findings = findingsOf({ jobId, job, timeline, report: await keptReport(cli, jobId) });
  const isSound = findings.every(({ outcome }) => outcome !== 'fail');
  const chain = verifyChain(timeline);
  const simulated = job.simulation !== undefined;
  if (json) cli.out.line(jsonText({ jobId, simulated, ...chain, ok: isSound, findings }, 2));
  else {
    if (simulated) cli.out.line(`Job ${jobName(job)} proves nothing about a real cluster.`);
    for (const finding of findings) cli.out.line(lineOf(finding, cli));
    if (chain.ok) cli.out.line(`  Last hash  ${chain.lastHash}`);
  }
  return isSound ? EXIT.done : EXIT.failed;
}

function lineOf({ about, outcome, message }: Finding, { out: { colors } }: Cli): string {
  const marks = { pass: colors.green('✓'), fail: colors.red('✗'), unknown: colors.yellow('?') };
  return `${marks[outcome]} ${about.padEnd(8)}  ${visible(message)}`;
}

async function keptReport(cli: Cli, jobId: string): Promise<KeptReport> {
  const { home, remote } = cli;
  if (remote !== undefined) {
    const api = await reachRemote(remote, cli);
    return api.report(jobId).then(
      (facts) => ({ facts }),
      (error: unknown) => {
        if (error instanceof RemoteRefusedError) return { problem: 'missing' };
        throw error;
      },
    );
  }
  const [text, page] = await Promise.all(
    [reportFactsPath, reportPath].map((path) => textAt(path(home, jobId))),
  );
  if (text === undefined) return { problem: 'missing' };
  try {
    return { facts: JSON.parse(text) as unknown, page: page ?? null };
  } catch {
    return { problem: 'unreadable' };
  }
}

/** What a file holds, nothing where it cannot be read; undefined when it is not there. */
async function textAt(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : '';
  });
}
