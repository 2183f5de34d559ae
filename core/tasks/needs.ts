import type { AtlasClient } from '../atlas/client.ts';
import type { ReportStore, Task, TaskContext } from './context.ts';

/** What a task does with something it needs, and what the role of its function on AWS is granted for it. */
interface Meaning {
  readonly does: string;
  /** Actions of IAM, and the resources of the installation that each is granted on. */
  readonly grants: Readonly<Record<string, string>>;
}

/**
 * What a task may need beyond the records of jobs, which every task reads and writes. `infra/tasks.ts` grants it;
 * `docs/reference/tasks.md` shows it.
 */
export const NEEDS = {
  atlas: {
    does: 'reads and changes Atlas',
    grants: {
      'secretsmanager:GetSecretValue':
        'the secrets with the credentials of Atlas and with the shared access token',
      'secretsmanager:PutSecretValue': 'the secret with the shared access token',
    },
  },
  outbound: {
    does: 'posts notifications and webhook steps',
    grants: { 'secretsmanager:GetSecretValue': 'the secret with what runbooks name' },
  },
  reports: { does: 'writes reports', grants: { 's3:PutObject': '`reports/*` in the bucket' } },
  lists: { does: 'lists jobs', grants: { 'dynamodb:Query': 'the indexes of the table' } },
  wake: {
    does: 'ends the wait of workflows that wait for people',
    grants: { 'states:SendTaskSuccess': 'the state machines' },
  },
} as const satisfies Readonly<Record<string, Meaning>>;

/** What a task may need. */
export type Need = keyof typeof NEEDS;

/** A row of the table of tasks. */
export interface TaskRow {
  readonly run: Task;
  readonly needs: readonly Need[];
}

/** A context in which what only some tasks need may be missing. */
export type GivenContext = Omit<TaskContext, 'atlas' | 'outbound' | 'reports'> &
  Partial<Pick<TaskContext, 'atlas' | 'outbound'>> & {
    readonly reports: Pick<ReportStore, 'place'> & Partial<ReportStore>;
  };

/**
 * The task of a row, which reaches what the row names and nothing else.
 *
 * @returns a task that throws TypeError, as InternalError to the workflow, when its code uses what the row does not name.
 */
export function taskOf(name: string, { run, needs }: TaskRow) {
  const names = (need: Need) => needs.includes(need);
  return (input: Parameters<Task>[0], given: GivenContext): ReturnType<Task> => {
    const refuse = (what: Need) => (): never => {
      throw new TypeError(`${name} uses ${what}, which its row in core/tasks.ts does not name.`);
    };
    const { atlas, outbound, reports, jobs } = given;
    const context: TaskContext = {
      ...given,
      atlas: (names('atlas') ? atlas : undefined) ?? new Proxy({} as AtlasClient, { get: refuse('atlas') }),
      outbound: (names('outbound') ? outbound : undefined) ?? {
        post: refuse('outbound'),
        secret: refuse('outbound'),
      },
      reports: {
        place: (jobId) => reports.place(jobId),
        put: (names('reports') ? reports.put?.bind(reports) : undefined) ?? refuse('reports'),
      },
      jobs: names('lists') ? jobs : { ...jobs, list: refuse('lists') },
    };
    return run(input, context);
  };
}
