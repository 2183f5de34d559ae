import { KIND_TITLES } from '../runbooks/undertaking.ts';
import type { Report } from './report.ts';
import { campaignPredicate } from './sentences/campaign.ts';
import { cutoverPredicate } from './sentences/cutover.ts';
import { pipelinePredicate } from './sentences/pipeline.ts';
import { restorePredicate } from './sentences/restore.ts';

/**
 * The verdict as one sentence, for example
 * `Drill passed: orders was restored onto orders-drill in 4 min 12 s.`
 * A simulated job's sentence says so.
 */
export function headline(report: Report): string {
  const title = KIND_TITLES[report.kind];
  const subject = report.simulation === null ? title : `Simulated ${title.toLowerCase()}`;
  return `${breakGlassText(report)}${subject} ${predicate(report)}.`;
}

/** First of all, that nobody else approved it. */
function breakGlassText({ breakGlass }: Report): string {
  if (breakGlass === null) return '';
  return `BREAK-GLASS by ${breakGlass.by.who} (${breakGlass.reason}): `;
}

function predicate(report: Report): string {
  const { campaign, cutover, pipelineRun } = report;
  if (campaign !== null) return campaignPredicate(report, campaign);
  if (cutover !== null) return cutoverPredicate(report, cutover);
  return pipelineRun === null ? restorePredicate(report) : pipelinePredicate(report, pipelineRun);
}
