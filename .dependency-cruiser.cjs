/**
 * Who may import whom. The reasons are in docs/architecture.md.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed, dependencyTypesNot: ['npm', 'npm-dev', 'core'] },
});

const npmOnlyIn = (packages, allowedFrom) => ({
  name: `npm-${packages.split('|')[0].replace(/[^a-z-]/g, '')}`,
  comment: `${packages} is used in one place, so that it can be replaced in one place`,
  severity: 'error',
  from: { path: '^(cli|core|lambdas|local|simulator|infra|scripts)/', pathNot: allowedFrom },
  to: { path: `node_modules/(${packages})(/|$)` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-product-to-test',
      severity: 'error',
      from: { pathNot: '^(test|bench)/' },
      to: { path: '^(test|bench)/' },
    },
    only(
      'runbooks-pure',
      'what a user writes knows the kinds of steps, and nothing of jobs or the table',
      '^core/runbooks/',
      '^core/(runbooks|schedules|steps)/|^core/[^/]+\\.ts$',
    ),
    only('schedules-pure', 'a calendar knows nothing of runbooks', '^core/schedules/', '^core/schedules/'),
    only(
      'job-rules-pure',
      'the rules of a job know nothing of the table',
      '^core/jobs/[^/]+\\.ts$',
      '^core/(jobs/[^/]+\\.ts$|policy/|runbooks/)|^core/[^/]+\\.ts$',
    ),
    only(
      'policy-pure',
      'what an installation requires is judged by the job alone',
      '^core/policy/',
      '^core/(policy|jobs|runbooks|steps)/|^core/[^/]+\\.ts$',
    ),
    only(
      'approvals-pure',
      'whether an approval counts depends on the job alone',
      '^core/jobs/approvals/',
      '^core/(jobs/[^/]+\\.ts$|jobs/approvals/|policy/|runbooks/)|^core/[^/]+\\.ts$',
    ),
    only(
      'job-table',
      'the table knows the rules, not the tasks',
      '^core/jobs/table/',
      '^core/jobs/|^core/runbooks/|^core/[^/]+\\.ts$',
    ),
    only(
      'polling-pure',
      'when to look again depends on durations alone',
      '^core/polling/',
      '^core/polling/|^core/[^/]+\\.ts$',
    ),
    only(
      'atlas-alone',
      'the Atlas client can be lifted out',
      '^core/atlas/',
      '^core/atlas/|^core/[^/]+\\.ts$',
    ),
    only(
      'backups',
      'one shape for the backup APIs',
      '^core/backups/',
      '^core/(backups|atlas|runbooks)/|^core/[^/]+\\.ts$',
    ),
    only(
      'facts',
      'what the guards judge, from what Atlas says',
      '^core/facts/',
      '^core/(facts|backups|atlas|runbooks)/|^core/[^/]+\\.ts$',
    ),
    only(
      'verification',
      'checks look, and change nothing',
      '^core/verification/',
      '^core/(verification|facts|backups|atlas|jobs|runbooks)/|^core/[^/]+\\.ts$',
    ),
    only(
      'steps',
      'a kind of step reads Atlas and changes it; of a runbook it knows fields, of a job nothing: tasks keep the record',
      '^core/steps/',
      '^core/(steps|facts|backups|atlas)/|^core/runbooks/(cluster|fields|id-field|run-titles|snapshot|kinds/approval|steps/stages)\\.ts$|^core/[^/]+\\.ts$',
    ),
    {
      name: 'step-kinds-apart',
      comment: 'a kind of step is one file; what two of them need is in core/steps/shared',
      severity: 'error',
      from: { path: '^core/steps/', pathNot: '^core/steps/kinds\\.ts$' },
      to: { path: '^core/steps/[^/]+\\.ts$' },
    },
    only(
      'report-pure',
      'a report is made of a job and its timeline',
      '^core/report/',
      '^core/(report|jobs|policy|runbooks)/|^core/[^/]+\\.ts$',
    ),
    only(
      'notify',
      'what people are told is made of a job; tasks say when',
      '^core/notify/',
      '^core/(notify|jobs|runbooks|report)/|^core/[^/]+\\.ts$',
    ),
    only('core-inward', 'core never looks outward', '^core/', '^core/'),
    only(
      'simulator-alone',
      'the simulator must not share code with the client it tests',
      '^simulator/',
      '^simulator/|^core/(clock|random)\\.ts$',
    ),
    only('local-composes', 'local composes core', '^local/', '^(local|core|simulator|workflows)/'),
    only('workflows-alone', 'the order of work is data; who runs it reads it', '^workflows/', '^workflows/'),
    only('lambdas-compose', 'lambdas compose core', '^lambdas/', '^(lambdas|core)/'),
    only(
      'infra-alone',
      'infra imports schemas and the table of tasks, never runtime code',
      '^infra/',
      '^(infra|workflows)/|^lambdas/runtime/environment\\.ts$|^core/jobs/table/table-shape\\.ts$|^core/tasks\\.ts$|^core/tasks/(kebab|needs)\\.ts$|^core/(policy/schema\\.ts$|runbooks/)',
    ),
    npmOnlyIn('croner', '^core/schedules/'),
    npmOnlyIn('undici|http-auth-utils', '^core/atlas/'),
    npmOnlyIn('aws-cdk-lib|constructs', '^infra/'),
    npmOnlyIn('libsql', '^local/'),
    npmOnlyIn('@aws-sdk/(client-dynamodb|util-dynamodb)', '^(core/jobs/table|local|lambdas)/'),
    npmOnlyIn('hono', '^(core/http|local/serve|lambdas)/'),
    npmOnlyIn('@aws-sdk/client-(?!dynamodb)|@smithy', '^lambdas/'),
    npmOnlyIn('aws4fetch', '^cli/remote/'),
    npmOnlyIn('@aws-sdk/credential-providers', '^cli/remote/'),
    npmOnlyIn('commander|cli-table3|log-update|picocolors', '^cli/|^scripts/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
