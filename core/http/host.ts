import type { AtlasClient } from '../atlas/client.ts';
import type { Clock } from '../clock.ts';
import type { Job, JobSummary, Simulation } from '../jobs/job.ts';
import type { Outbound } from '../outbound.ts';
import type { Policy } from '../policy/policy.ts';
import type { RequestStore } from '../jobs/kept-request.ts';
import type { JobStore } from '../jobs/store.ts';
import type { CallerForm } from '../person.ts';
import type { ReadBeside } from '../runbooks/in-files.ts';

/**
 * What a caller may do: read; start, plan and cancel; approve or reject what a job asks; restore onto a protected cluster without an
 * approval. None implies another.
 */
export const SCOPES = ['read', 'operate', 'approve', 'break-glass'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who sent a request, as the host has made sure. */
export interface Caller {
  /** A name that stays the same for the same person or machine: nobody approves what they started. */
  readonly who: string;
  readonly scopes: readonly Scope[];
}

/** A runbook that the host keeps. */
export interface KeptRunbook {
  /** As it was written. */
  readonly text: string;
  /** Reads the files that it names; without it, a runbook that names one is refused. */
  readonly readBeside?: ReadBeside;
}

/** The runbooks that jobs can be started from by name. */
export interface RunbookStore {
  /** In alphabetical order. */
  names(): Promise<readonly string[]>;
  /** Undefined when there is none of this name. */
  read(name: string): Promise<KeptRunbook | undefined>;
}

/** What the API needs from where it runs: AWS, or one machine. */
export interface HttpHost {
  readonly jobs: JobStore;
  /** What `Idempotency-Key` is remembered by. */
  readonly requests: RequestStore;
  readonly clock: Clock;
  readonly runbooks: RunbookStore;
  /** What may and may not be overwritten here, whatever a runbook says. */
  readonly policy: Policy;
  /** Origin of the Atlas that jobs run in, such as `https://cloud.mongodb.com`. */
  readonly atlasUrl: string;
  /** Present when that is a simulated one. */
  readonly simulation?: Simulation;
  /** How callers are identified, where runbooks that name other approvers are to be refused. */
  readonly callers?: CallerForm;
  /** The way to the channels that are notified of a freeze. */
  readonly outbound: Outbound;
  /** The Atlas that plans are made from. */
  atlas(): Promise<AtlasClient>;
  /**
   * Sees to it that the workflow of a job runs, and gives back before it has. Asked for a job that runs already, it does
   * nothing.
   */
  runWorkflow(jobId: string, kind: Job['kind']): Promise<void>;
  /** Whether a job has begun and nothing works on it; absent where something always does. */
  isInterrupted?(job: Pick<JobSummary, 'jobId' | 'status'>): Promise<boolean>;
  /** Lets the workflow of a job look at once at what was just written to its record. */
  wake(job: Job): Promise<void>;
  /** The facts of a job's report as they were kept, parsed; undefined when there are none. */
  report(jobId: string): Promise<unknown>;
  /** A new ULID. */
  newId(): string;
  /** A seed for what is drawn: an unsigned 32-bit integer. */
  seed(): number;
  /**
   * Who sent a request; undefined when that is not known, or not proven.
   *
   * @param env what the server that received it adds to it, such as the event of API Gateway.
   */
  caller(request: Request, env: unknown): Promise<Caller | undefined>;
  /**
   * The path of a request as it was sent, without its query: a URL object has lost it. Absent where nothing is sent.
   *
   * @param env see {@link HttpHost.caller}.
   */
  readonly rawPath?: (env: unknown) => string | undefined;
  /** Told of what the API itself failed with. The sender is told the id, and nothing else. */
  onFailure(error: unknown, requestId: string): void;
}
