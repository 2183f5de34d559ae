import { SIMULATED } from '../jobs/simulated.ts';
import { sentence } from '../sentence.ts';
import type { Job } from '../jobs/job.ts';
import { buildReport } from '../report/build-report.ts';
import { headline } from '../report/headline.ts';
import { humanDuration } from '../report/human.ts';
import { KIND_TITLES, undertaking } from '../runbooks/undertaking.ts';
import type { Notice } from './due.ts';
import type { Risk } from './risks.ts';

/**
 * A notice for a person, in one or two sentences. What is simulated says so, lest somebody be alarmed or reassured by it.
 *
 * @param now ISO 8601 UTC.
 */
export function textOf(job: Job, notice: Notice, now: string): string {
  const simulated = job.simulation === undefined ? '' : ` (${SIMULATED})`;
  const name = `${KIND_TITLES[job.kind]} "${job.runbook.name}"${simulated}`;
  switch (notice.name) {
    case 'breakGlass':
      return `BREAK-GLASS: ${name} overwrites ${job.breakGlass?.cluster ?? 'its target'} on the word of ${job.breakGlass?.by.who ?? 'one person'} alone. ${sentence(job.breakGlass?.reason ?? '')}`;
    case 'started':
      return `${name} began: ${undertaking(job.runbook, job.projects)}.`;
    case 'approvalWanted':
      return `${name} wants an approval until ${notice.open.request.until}: ${sentence(notice.open.request.plan.action)}`;
    case 'objectiveAtRisk':
      return `${name} ${riskText(notice.risk)}.`;
    default:
      return `${headline(buildReport(job, [], now))} ${job.failure?.message ?? ''}`.trim();
  }
}

function riskText({ objective, limitSeconds, usedSeconds }: Risk): string {
  const limit = humanDuration(limitSeconds);
  const used = humanDuration(usedSeconds);
  switch (objective) {
    case 'rto':
      return `${usedSeconds > limitSeconds ? 'misses' : 'may miss'} its recovery time objective of ${limit}: ${used} have gone by`;
    case 'rpo':
      return `misses its recovery point objective of ${limit}: its recovery point is ${used} old`;
    case 'writeStop':
      return `has had writes stopped for ${used} of ${limit} at most, and the cutover is not asked for yet`;
    case 'migration':
      return `has ${humanDuration(Math.max(0, limitSeconds - usedSeconds))} left before its migration expires, unless its time was extended in Atlas`;
  }
}
