import { SIMULATED } from '../jobs/simulated.ts';
import { whoIsAsked } from '../jobs/approvals/wording.ts';
import { humanDuration } from '../report/human.ts';
import { visibleIn } from '../visible-text.ts';
import type { JobEvent } from './message.ts';

/** Slack cuts a text off at 4,000 characters (Slack, "chat.postMessage"). */
const LONGEST = 3900;

/** A message as an incoming webhook of Slack takes it: a text, and nothing that only Slack understands. */
export function slackBody(composed: JobEvent): { readonly text: string } {
  const event = visibleIn(composed);
  const lines = [`*${escaped(event.text)}*`, ...facts(event).map(([name, value]) => `${name}: ${value}`)];
  const text = lines.join('\n');
  return { text: text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…` };
}

type Fact = readonly [name: string, value: string];

function facts(event: JobEvent): Fact[] {
  const { job, source, target, objectives, failure, report } = event;
  return [
    fact('Job', job.simulated ? `${job.id} (${SIMULATED})` : job.id),
    fact('Runbook', job.runbook),
    fact('Verdict', job.verdict),
    ['Source', clusterText(source)] as const,
    ['Target', clusterText(target)] as const,
    fact('Recovery time', objectiveText(objectives.rto)),
    fact('Recovery point', objectiveText(objectives.rpo)),
    fact('Changed', failure?.changed),
    fact('Next', failure?.next),
    ...approvalFacts(event.approval),
    fact('Look at it', code(event.show)),
    fact('Report', report),
  ].filter(([, value]) => value !== '');
}

function approvalFacts(approval: JobEvent['approval']): Fact[] {
  if (approval === null) return [];
  const { erases, recoveryPoint, from, count } = approval;
  const age = recoveryPoint?.ageSeconds;
  return [
    fact('Erases', erases),
    fact('Recovery point', recoveryPoint?.time),
    fact('Its age', age === undefined || age === null ? null : humanDuration(age)),
    fact('Asked', whoIsAsked({ count, from: from ?? undefined })),
    fact('Plan', approval.plan.slice(0, 12)),
    fact('To approve', code(approval.approve)),
    fact('To reject', code(approval.reject)),
  ];
}

function fact(name: string, value: string | null | undefined): Fact {
  return [name, escaped(value ?? '')];
}

function code(command: string): string {
  return `\`${command}\``;
}

/** A link where the cluster has a page. Names of clusters hold letters, digits and dashes alone. */
function clusterText(place: JobEvent['source']): string {
  if (place === null) return '';
  const name = `${place.project}/${place.cluster}`;
  const link = place.url === null ? name : `<${place.url}|${name}>`;
  return place.projectName === null ? link : `${link} (project ${escaped(place.projectName)})`;
}

function objectiveText({ objectiveSeconds, achievedSeconds, met }: JobEvent['objectives']['rto']): string {
  if (achievedSeconds === null) return '';
  const achieved = humanDuration(achievedSeconds);
  if (objectiveSeconds === null) return achieved;
  return `${achieved} of ${humanDuration(objectiveSeconds)}${met === false ? ', missed' : ''}`;
}

/** A text for a person as Slack takes it. */
export function slackText(text: string): string {
  return escaped(text).slice(0, LONGEST);
}

/** Slack reads these three characters as markup, `<!channel>` for one; what others wrote must not call anybody. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
