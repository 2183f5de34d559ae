import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  MathExpression,
  Metric,
  SingleValueWidget,
  Stats,
  TextWidget,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { StateTransitionMetric } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { MEMORY } from './functions.ts';
import type { History } from './history.ts';
import { lifeboatMetric, metricsBy } from './metrics.ts';
import { PRICES } from './prices.ts';
import type { Workflows } from './workflows.ts';

/** What the dashboard shows. */
export interface DashboardSettings {
  /** All of the installation. */
  readonly functions: readonly Function[];
  readonly stage: string;
  readonly history: History;
  readonly workflows: Workflows;
}

const DAY = Duration.days(1);

const SUM_OF_DAY = { statistic: Stats.SUM, period: DAY } as const;

/** Jobs by verdict, what was achieved against what was to be, the last good drills, Atlas, and what it all costs. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { stage, ...parts }: DashboardSettings) {
    super(scope, id);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: `lifeboat-${stage}`,
      defaultInterval: Duration.days(14),
      widgets: [
        [verdicts(stage), ages(stage)],
        [againstObjective(stage, 'Rto'), againstObjective(stage, 'Rpo')],
        [atlas(stage), waiting(stage, parts.workflows)],
        [cost(parts), COST_NOTE],
      ],
    });
  }
}

function verdicts(stage: string): GraphWidget {
  const counts = ['VerdictsPassed', 'VerdictsInconclusive', 'VerdictsFailed', 'JobsCancelled'];
  return new GraphWidget({
    title: 'Jobs by verdict, each day',
    stacked: true,
    left: counts.map((name) => lifeboatMetric(stage, name, { period: DAY })),
    width: 12,
  });
}

function ages(stage: string): GraphWidget {
  return new GraphWidget({
    title: 'Age of the last good drill, in hours',
    left: [
      byDimension(metricsBy(stage, 'cluster', 'LastGoodDrillAge', 'Maximum'), Duration.hours(1), '/3600'),
    ],
    width: 12,
  });
}

function againstObjective(stage: string, what: 'Rto' | 'Rpo'): GraphWidget {
  return new GraphWidget({
    title: `${what.toUpperCase()} in seconds: achieved, and what was to be`,
    left: ['Achieved', 'Objective'].map((side) =>
      byDimension(metricsBy(stage, 'runbook', what + side, 'Maximum'), DAY),
    ),
    width: 12,
  });
}

function atlas(stage: string): GraphWidget {
  return new GraphWidget({
    title: 'Requests to Atlas',
    left: [lifeboatMetric(stage, 'AtlasRequests')],
    right: ['AtlasErrors', 'AtlasThrottles'].map((name) => lifeboatMetric(stage, name)),
    width: 12,
  });
}

function waiting(stage: string, { machines }: Workflows): GraphWidget {
  return new GraphWidget({
    title: 'Workflows started and failed; approvals about to lapse',
    left: [...machines.values()].flatMap((machine) => [machine.metricStarted(), machine.metricFailed()]),
    right: [lifeboatMetric(stage, 'ApprovalsLapsing', { statistic: Stats.MAXIMUM })],
    width: 12,
  });
}

/** The parts that grow with the jobs. Step Functions counts transitions for the whole account. */
function cost({ functions, history: { table } }: Omit<DashboardSettings, 'stage'>): SingleValueWidget {
  const units = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: table.tableName },
      ...SUM_OF_DAY,
    });
  // Their names are made up by CloudFormation, so no search finds these and no others.
  const durations = Object.fromEntries(
    functions.map((one, index) => [`duration${index}`, one.metricDuration(SUM_OF_DAY)] as const),
  );
  const dollars = (expression: string, label: string, usingMetrics: Record<string, IMetric>) =>
    new MathExpression({ expression, label, usingMetrics, period: DAY });
  return new SingleValueWidget({
    title: 'Cost in dollars, each day',
    sparkline: true,
    metrics: [
      // What the metric counts is transitions in a second.
      dollars(`transitions * PERIOD(transitions) * ${decimal(PRICES.transition)}`, 'State transitions', {
        transitions: StateTransitionMetric.metricConsumedCapacity({ period: DAY }),
      }),
      dollars(
        `SUM(METRICS("duration")) / 1000 * ${decimal((MEMORY / 1024) * PRICES.gigabyteSecond)}`,
        'Functions',
        durations,
      ),
      dollars(`writes * ${decimal(PRICES.write)} + reads * ${decimal(PRICES.read)}`, 'Table', {
        writes: units('ConsumedWriteCapacityUnits'),
        reads: units('ConsumedReadCapacityUnits'),
      }),
    ],
    width: 12,
  });
}

/** A price as CloudWatch's expressions take it: without an exponent. */
function decimal(price: number): string {
  return price.toFixed(12).replace(/0+$/, '');
}

const COST_NOTE = new TextWidget({
  markdown:
    'Estimated with the prices of us-east-1. State transitions are counted for the whole account and region. Not in it: secrets, ' +
    'keys, logs, alarms and this dashboard, whose price does not depend on the jobs (docs/aws.md).',
  width: 12,
  height: 3,
});

function byDimension(search: string, period: Duration, scale = ''): MathExpression {
  return new MathExpression({ expression: `${search}${scale}`, label: '', usingMetrics: {}, period });
}
