import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { verifyChain, type ChainVerdict } from '../../core/jobs/chain.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import { reportFactsPath } from '../../local/report-files.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { reachRemote } from '../reach-remote.ts';
import { readJob } from '../read-job.ts';
import type { ShowOptions } from './jobs-show.ts';

/** Verifies the chain of a job's timeline, by itself and against the report, which would tell of a cut at its end. */
export async function verifyJob(cli: Cli, jobId: string, { json = false }: ShowOptions): Promise<number> {
  const { timeline } = await readJob(cli, jobId);
  const chain = verifyChain(timeline);
  const verdict = chain.ok ? againstReport(chain, timeline, await reportedEnd(cli, jobId)) : chain;
  cli.out.line(json ? JSON.stringify({ jobId, ...verdict }, null, 2) : sentence(verdict, cli));
  return verdict.ok ? EXIT.done : EXIT.failed;
}

function sentence(verdict: ChainVerdict, { out: { colors } }: Cli): string {
  if (!verdict.ok)
    return `${colors.red('✗')} The timeline is broken at event ${verdict.sequence}. ${verdict.reason}`;
  return `${colors.green('✓')} The timeline is as it was written: ${verdict.count} events.\n  Last hash  ${verdict.lastHash}`;
}

type ReportedEnd = z.output<typeof reportedEndSchema>;
const reportedEndSchema = z.object({
  chain: z.object({ count: z.number(), lastHash: z.string().nullable() }),
});

/** How the timeline ended when the report was written; undefined when there is no report. */
async function reportedEnd(cli: Cli, jobId: string): Promise<ReportedEnd | undefined> {
  const { home, remote } = cli;
  if (remote !== undefined) {
    const api = await reachRemote(remote, cli);
    return reportedEndSchema.parse(await api.report(jobId));
  }
  const text = await readFile(reportFactsPath(home, jobId), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : reportedEndSchema.parse(JSON.parse(text));
}

function againstReport(
  chain: ChainVerdict,
  timeline: readonly TimelineEvent[],
  reported: ReportedEnd | undefined,
): ChainVerdict {
  const { count = 0, lastHash = null } = reported?.chain ?? {};
  if (lastHash === null || timeline[count - 1]?.hash === lastHash) return chain;
  const reason = `The report knows event ${count} with the hash ${lastHash}, which is not in the history.`;
  return { ok: false, sequence: count, reason };
}
