import { clusterTitle, projectTitle } from '../../core/runbooks/project.ts';
import { visibleIn } from '../../core/visible-text.ts';
import { secondsBetween } from '../../core/clock.ts';
import type { Plan } from '../../core/commands/plan-job.ts';
import type { CampaignPlan } from '../../core/commands/plan-campaign.ts';
import type { CutoverPlan } from '../../core/commands/plan-cutover.ts';
import type { PipelinePlan } from '../../core/commands/plan-pipeline.ts';
import type { RestorePlan } from '../../core/commands/plan-restore.ts';
import { humanDuration } from '../../core/report/human.ts';
import { KIND_TITLES } from '../../core/runbooks/undertaking.ts';
import type { Colors } from '../terminal.ts';
import { outcomeCounts, outcomeSign } from './checks.ts';
import { commandLines } from './command-lines.ts';
import { factLines, type Fact } from './facts.ts';
import { secondOf } from './instants.ts';
import { textWidth, wrap } from './wrap.ts';

/**
 * A plan as lines for a person.
 *
 * @param typed the runbook and the options as words of a shell, to go ahead with.
 */
export function planLines(made: Plan, typed: string, width: number, colors: Colors): string[] {
  const plan = visibleIn(made);
  return [
    colors.bold(`${KIND_TITLES[plan.kind]} ${plan.runbook}, planned ${secondOf(plan.madeAt)} UTC`),
    '',
    ...factLines(factsOf(plan), width, colors),
    '',
    `${colors.bold('Guards')}  ${outcomeCounts(plan.guards)}`,
    ...guardLines(plan, width, colors),
    '',
    ...policyLines(plan, width, colors),
    colors.bold(plan.ok ? 'A run would' : 'A run would be stopped. Without that it would'),
    ...stepLines(plan, width),
    '',
    ...endingLines(plan, typed, width),
  ];
}

/** Why the policy or a freeze forbids a run; nothing when neither does. */
function policyLines({ policy }: Plan, width: number, colors: Colors): string[] {
  const forbidding = policy?.refusals ?? [];
  const frozen = policy?.frozen ?? null;
  if (forbidding.length === 0 && frozen === null) return [];
  const lines = (reasons: readonly string[]) =>
    reasons.flatMap((reason) => hanging(outcomeSign('fail', colors), reason, width));
  return [
    ...(frozen === null ? [] : [colors.bold('This installation is frozen'), ...lines([frozen])]),
    ...(forbidding.length === 0
      ? []
      : [colors.bold('The policy of this installation forbids it'), ...lines(forbidding)]),
    '',
  ];
}

function factsOf(plan: Plan): Fact[] {
  if (plan.kind === 'campaign') return campaignFacts(plan);
  if (plan.kind === 'pipeline') return pipelineFacts(plan);
  return plan.kind === 'cutover' ? cutoverFacts(plan) : restoreFacts(plan);
}

/** The drills that a run would begin with, those with something in their way first. */
function campaignFacts({ targets, concurrency, drills, projects }: CampaignPlan): Fact[] {
  const blocked = drills.filter(({ ok }) => !ok);
  return [
    ['Targets', targets.map((target) => clusterTitle(target, projects)).join('\n')],
    ['At once', String(concurrency)],
    [
      'Clusters',
      drills
        .filter(({ ok }) => ok)
        .map(({ source }) => clusterTitle(source, projects))
        .join('\n') || 'none',
    ],
    ...(blocked.length === 0
      ? []
      : [
          [
            'In the way',
            blocked
              .map(({ source, problems }) => `${clusterTitle(source, projects)}: ${problems.join(' ')}`)
              .join('\n'),
          ] as const,
        ]),
  ];
}

function cutoverFacts({
  source,
  target,
  projects,
  migration,
  lag,
  maxWriteStopSeconds,
}: CutoverPlan): Fact[] {
  const { id, status, ready, lagSeconds } = migration;
  const behind = lagSeconds === null ? 'lag not known' : `${lagSeconds} s behind`;
  const standing = `${status ?? 'not seen'}, ${ready === true ? 'ready' : 'not ready'}, ${behind}`;
  return [
    ['Source', source === undefined ? 'not in Atlas' : clusterTitle(source, projects)],
    ['Target', clusterTitle(target, projects)],
    ['Migration', `${id}\n${standing}`],
    ['Lag', `at most ${lag.atMost} s, ${lag.readings} times in a row`],
    ['Write stop', `at most ${humanDuration(maxWriteStopSeconds)} until the cutover`],
  ];
}

function restoreFacts(plan: RestorePlan): Fact[] {
  return [
    ['Source', clusterTitle(plan.source, plan.projects)],
    ['Target', plan.target === undefined ? 'none: a download' : clusterTitle(plan.target, plan.projects)],
    ['Delivery', plan.delivery],
    ['Recovery point', recoveryPointText(plan)],
  ];
}

function pipelineFacts({ pipeline, source, projects, follows, state, snapshotId }: PipelinePlan): Fact[] {
  return [
    ['Pipeline', `${pipeline.name} in project ${projectTitle(pipeline.project, projects)}`],
    ...(source === undefined ? [] : [['Source', clusterTitle(source, projects)] as const]),
    ['Follows', `${follows}\n${state === null ? 'Atlas does not know it' : `now ${state}`}`],
    ['Snapshot', snapshotId ?? 'not known yet'],
  ];
}

function recoveryPointText({ recoveryPoint, madeAt }: RestorePlan): string {
  if ('fresh' in recoveryPoint) return recoveryPoint.fresh;
  if ('none' in recoveryPoint) return `none. ${recoveryPoint.none}`;
  if ('wait' in recoveryPoint) return recoveryPoint.message;
  const { time, snapshot, candidates } = recoveryPoint.point;
  const age = time === undefined ? '' : `, ${humanDuration(secondsBetween(time, madeAt))} old`;
  const of = candidates === undefined ? '' : `, one of ${candidates} eligible`;
  const when = time === undefined ? 'unknown time' : `${secondOf(time)} UTC`;
  return `${when}${age}\n${snapshot === undefined ? 'point in time' : `snapshot ${snapshot.id}`}${of}`;
}

/** What passed, by name alone; what did not, with what was seen. */
function guardLines({ guards }: Plan, width: number, colors: Colors): string[] {
  const passed = guards.filter(({ outcome }) => outcome === 'pass').map(({ name }) => name);
  const open = guards.filter(({ outcome }) => outcome !== 'pass');
  return [
    ...hanging(outcomeSign('pass', colors), passed.join(', '), width),
    ...open.flatMap(({ name, outcome, message }) => {
      const [first = '', ...rest] = hanging(outcomeSign(outcome, colors), `${name}: ${message}`, width);
      return [first.replace(name, colors.bold(name)), ...rest];
    }),
  ];
}

function hanging(sign: string, text: string, width: number): string[] {
  if (text === '') return [];
  return wrap(text, width - 4).map((line, index) => `  ${index === 0 ? sign : ' '} ${line}`);
}

function stepLines({ steps }: Plan, width: number): string[] {
  const room = `${steps.length}.`.length;
  return steps.flatMap((step, index) =>
    wrap(step, width - room - 3).map(
      (line, part) => `  ${(part === 0 ? `${index + 1}.` : '').padStart(room)} ${line}`,
    ),
  );
}

function endingLines(plan: Plan, typed: string, width: number): string[] {
  if (!plan.ok) return wrap(obstacle(plan), width);
  const sentence = `Nothing was changed. Go ahead with: lifeboat run ${typed}`;
  if (textWidth(sentence) <= width) return [sentence];
  const command = commandLines(`lifeboat run ${typed}`, width - 2);
  return ['Nothing was changed. Go ahead with:', ...command.map((line) => `  ${line}`)];
}

/** What keeps a run from doing what it is for. */
function obstacle(plan: Plan): string {
  if ((plan.policy?.frozen ?? null) !== null)
    return 'Nothing was changed, and a run would not begin: this installation is frozen.';
  if ((plan.policy?.refusals.length ?? 0) > 0)
    return 'Nothing was changed, and a run would not begin: the policy of this installation forbids it.';
  if (plan.kind === 'pipeline')
    return 'Nothing was changed, and a run would end at once: its guards stand in the way.';
  if (plan.kind === 'campaign') return 'Nothing was changed, and a run would fail: see what is in the way.';
  if (plan.kind === 'cutover')
    return 'Nothing was changed, and a run would not begin: its guards stand in the way.';
  const reason = 'none' in plan.recoveryPoint ? 'there is nothing to restore' : 'its guards stand in the way';
  return `Nothing was changed, and a run would not begin the restore: ${reason}.`;
}
