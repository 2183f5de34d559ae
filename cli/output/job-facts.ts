import { clusterTitle, projectTitle } from '../../core/runbooks/project.ts';
import { jobName } from '../../core/jobs/simulated.ts';
import { visibleIn } from '../../core/visible-text.ts';
import { humanDuration } from '../../core/report/human.ts';
import { PHASE_TITLES } from '../../core/report/page/phase-titles.ts';
import type { Report } from '../../core/report/report.ts';
import { factGroups, type Fact } from './facts.ts';
import { secondOf } from './instants.ts';
import { approvalFacts, kindFacts, noticeFacts, rollbackFacts } from './kind-facts.ts';
import {
  checkFacts,
  failureFacts,
  objectiveFacts,
  recoveryPointFacts,
  verdictLines,
  type Layout,
} from './summary.ts';
import { statusText, verdictText } from './job-table.ts';

/** What is known of a job, as lines for a person. */
export function jobLines(built: Report, layout: Layout): string[] {
  const report = visibleIn(built);
  const { width, colors } = layout;
  const groups: Fact[][] = [
    identityFacts(report, layout),
    [
      ...whenFacts(report),
      ...(layout.underWay === undefined ? [] : [['Under way', layout.underWay] as const]),
    ],
    [
      ...recoveryPointFacts(report),
      ...kindFacts(report),
      ...atlasFacts(report),
      ...objectiveFacts(report, colors),
    ],
    [
      ...checkFacts('Guards', report.guards, colors),
      ...approvalFacts(report),
      ...checkFacts('Checks', report.checks, colors),
      ...noticeFacts(report),
    ],
    [...failureFacts(report), ...cancelFacts(report), ...rollbackFacts(report)],
    [
      ['Timeline', `${report.chain.count} events`],
      ...(layout.reportPath === undefined ? [] : [['Report', layout.reportPath] as const]),
    ],
  ];
  return [...verdictLines(report, width, colors), '', ...factGroups(groups, width, colors)];
}

function identityFacts(report: Report, { colors, interrupted }: Layout): Fact[] {
  const { simulation, startedBy, verdict } = report;
  const judged = verdict === null ? '' : `, verdict ${verdictText(verdict, colors)}`;
  return [
    ['Job', jobName(report)],
    ['Runbook', `${report.runbook.name} (${report.kind})`],
    ['Status', `${statusText(report.status, colors)}${judged}`],
    ...(interrupted === true
      ? [
          [
            'Interrupted',
            `no process works on it; resume it with:\nlifeboat jobs resume ${report.jobId}`,
          ] as const,
        ]
      : []),
    ...placeFacts(report),
    ['Started by', `${startedBy.who} (${startedBy.type})`],
    ...(report.breakGlass === null
      ? []
      : [['Break-glass', `${report.breakGlass.by.who}: ${report.breakGlass.reason}`] as const]),
    ...(simulation === null
      ? []
      : [['Simulated', `${seedText(simulation.seed)}${simulation.speed} × as fast`] as const]),
  ];
}

function placeFacts({ source, target, projects, delivery, campaign, pipelineRun }: Report): Fact[] {
  if (campaign !== null)
    return [['Targets', campaign.targets.map((one) => clusterTitle(one, projects)).join('\n')]];
  if (pipelineRun !== null) {
    return [
      ['Pipeline', `${pipelineRun.pipeline} in project ${projectTitle(pipelineRun.project, projects)}`],
      ...(source === null ? [] : [['Source', clusterTitle(source, projects)] as const]),
    ];
  }
  const none = delivery === 'download' ? 'none: a download' : 'none';
  return [
    ['Source', source === null ? 'outside of Atlas' : clusterTitle(source, projects)],
    ['Target', target === null ? none : clusterTitle(target, projects)],
  ];
}

function whenFacts({ createdAt, endedAt, seconds, phases }: Report): Fact[] {
  const took = phases.flatMap(({ name, seconds: time }) =>
    time === null ? [] : [`${PHASE_TITLES[name].toLowerCase()} ${humanDuration(Math.round(time))}`],
  );
  return [
    ['Began', `${secondOf(createdAt)} UTC`],
    ...(endedAt === null ? [] : [['Ended', `${secondOf(endedAt)} UTC`] as const]),
    ...(seconds === null
      ? []
      : [
          [
            'Time',
            [humanDuration(seconds), ...(took.length > 0 ? [took.join(', ')] : [])].join('\n'),
          ] as const,
        ]),
  ];
}

function atlasFacts({ atlas }: Report): Fact[] {
  return [
    ...(atlas.restoreJobId === null ? [] : [['In Atlas', `restore job ${atlas.restoreJobId}`] as const]),
    ...(atlas.downloadExpiresAt === null
      ? []
      : [['Link good until', `${secondOf(atlas.downloadExpiresAt)} UTC`] as const]),
  ];
}

function cancelFacts({ cancel }: Report): Fact[] {
  return cancel === null
    ? []
    : [['Cancelled by', `${cancel.by}, ${secondOf(cancel.at)} UTC: ${cancel.reason}`]];
}

/** A simulator in a process of its own keeps its seed to itself. */
function seedText(seed: number | null): string {
  return seed === null ? '' : `seed ${seed}, `;
}
