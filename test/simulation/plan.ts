/**
 * What one world is made of: plain data, drawn by plan-arbitrary.ts, printed when it fails, and shrunk. Times are whole
 * seconds.
 */
export interface WorldPlan {
  /** Draws everything that the plan leaves open: latencies, jitter, and the order of what happens at one instant. */
  readonly seed: number;
  readonly atlas: AtlasPlan;
  readonly jobs: readonly JobPlan[];
}

/** How work in Atlas goes. */
export interface AtlasPlan {
  /** Restores onto each of the three targets, and downloads. */
  readonly restores: readonly OutcomePlan[];
  readonly snapshots: OutcomePlan;
  /** The two migrations. */
  readonly migrations: readonly MigrationPlan[];
  readonly run: OutcomePlan & { readonly waits: boolean };
}

/** How long a piece of work takes, and whether it fails. */
export interface OutcomePlan {
  readonly seconds: number;
  readonly fails: boolean;
}

/** A live migration: how it goes until its cutover, and what its cutover takes. */
export interface MigrationPlan {
  readonly readyAfter: number;
  readonly cutoverSeconds: number;
  readonly fails: 'never' | 'beforeReady' | 'afterCutover';
  /** The lag from an instant on, in seconds after the migration began; null shows none. */
  readonly lags: readonly { readonly from: number; readonly lag: number | null }[];
}

/** One job and everything that befalls it. */
export interface JobPlan {
  readonly kind: 'drill' | 'restore' | 'download' | 'cutover' | 'pipeline' | 'campaign';
  readonly startsAfter: number;
  /** Which of two sources, targets, migrations. */
  readonly source: number;
  readonly target: number;
  /** Of flex clusters; for drills and restores. */
  readonly flex: boolean;
  readonly point: 'latest' | 'random' | 'fresh' | 'pointInTime';
  readonly steps: readonly StepPlan[];
  readonly approval?: ApprovalPlan;
  /** Limits, where they are tight. */
  readonly restoreLimit?: number;
  readonly jobLimit?: number;
  readonly cancelAfter?: number;
  readonly onCancel: 'follow' | 'leave';
  /** Another process runs the job as well, from so many seconds after it began. */
  readonly secondProcessAfter?: number;
  /** From the death of a process until the next one takes the job up. */
  readonly resumeAfter: number;
  readonly mishaps: readonly Mishap[];
}

/** A step of a runbook. */
export type StepPlan =
  'ready webhook' | 'before webhook' | 'after change' | 'cleanup webhook' | 'verify measurements';

/** What is asked, and what people answer. */
export interface ApprovalPlan {
  readonly within: number;
  readonly answer: 'approve' | 'reject' | 'nothing' | 'approve another plan' | 'approve it themselves';
  readonly after: number;
}

/** What a mishap befalls: an effect of the job, counted over all of its processes, or a delivery of a task. */
export const SPOTS = ['store', 'write', 'atlas', 'change', 'after a change', 'post', 'task'] as const;
export type Spot = (typeof SPOTS)[number];

/** What can go wrong at each spot. */
export const TROUBLES = {
  process: ['dies before', 'dies after', 'stalls', 'clock steps'],
  store: [
    'store unreachable',
    'store reply lost',
    'store request repeated',
    'store write late',
    'store slow',
  ],
  atlas: [
    'connection reset',
    'connection refused',
    'reply lost',
    'request late',
    'too many requests',
    'server error',
    'server error after the effect',
    'unavailable',
    'reply cut',
    'reply is no JSON',
    'token expired',
    'atlas slow',
  ],
  post: ['no answer', 'answer lost', 'receiver fails'],
  task: ['delivered twice', 'delivered twice at once'],
} as const;
export type Trouble = (typeof TROUBLES)[keyof typeof TROUBLES][number];

/** One thing that goes wrong. */
export interface Mishap {
  readonly at: Spot;
  /** 1 is the first. */
  readonly nth: number;
  /** So many in a row. */
  readonly times: number;
  readonly trouble: Trouble;
  /** How long a stall, a delay or a lateness lasts; where a clock steps to, ahead of the true time. */
  readonly seconds: number;
}
