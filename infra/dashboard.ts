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
import { Construct } from 'constructs';
import type { History } from './history.ts';
import { lifeboatMetric, metricsBy } from './metrics.ts';
import { PRICES } from './prices.ts';
import type { Workflows } from './workflows.ts';

/** What the dashboard shows. */
export interface DashboardSettings {
  readonly stage: string;
  readonly history: History;
  readonly workflows: Workflows;
}

/** Gigabytes of every function. */
const MEMORY = 0.5;

const DAY = Duration.days(1);

/** Jobs by verdict, what was achieved against what was to be, the last good drills, Atlas, and what it all costs. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { stage, history, workflows }: DashboardSettings) {
    super(scope, id);
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: `lifeboat-${stage}`,
      defaultInterval: Duration.days(14),
      widgets: [
        [verdicts(stage), ages(stage)],
        [againstObjective(stage, 'Rto'), againstObjective(stage, 'Rpo')],
        [atlas(stage), waiting(stage, workflows)],
        [cost(stage, history), COST_NOTE],
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
function cost(stage: string, { table }: History): SingleValueWidget {
  const transitions = new Metric({
    namespace: 'AWS/States',
    metricName: 'ConsumedCapacity',
    dimensionsMap: { ServiceMetric: 'StateTransition' },
  });
  const units = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: table.tableName },
    });
  const dollars = (expression: string, label: string, usingMetrics: Record<string, IMetric> = {}) =>
    new MathExpression({ expression, label, usingMetrics: withSum(usingMetrics), period: DAY });
  return new SingleValueWidget({
    title: 'Cost in dollars, each day',
    sparkline: true,
    metrics: [
      dollars(`transitions * ${decimal(PRICES.transition)}`, 'State transitions', { transitions }),
      dollars(
        `SUM(SEARCH('{AWS/Lambda,FunctionName} FunctionName="lifeboat-${stage}" MetricName="Duration"', 'Sum')) / 1000 * ${decimal(MEMORY * PRICES.gigabyteSecond)}`,
        'Functions',
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

function withSum(metrics: Record<string, IMetric>): Record<string, IMetric> {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, metric]) => [
      name,
      metric instanceof Metric ? metric.with({ statistic: Stats.SUM, period: DAY }) : metric,
    ]),
  );
}

function byDimension(search: string, period: Duration, scale = ''): MathExpression {
  return new MathExpression({ expression: `${search}${scale}`, label: '', usingMetrics: {}, period });
}
