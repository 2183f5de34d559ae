import type { ApprovalRecord } from '../../../core/jobs/approval-record.ts';
import type { CutoverJob } from '../../../core/jobs/job.ts';
import {
  atThePoint,
  begun,
  CHECKS,
  done,
  ended,
  EVENTS,
  made,
  PEOPLE,
  SNAPSHOT_AFTER,
  step,
  STOPPED,
  SWITCHED,
  T,
} from './cutover-night.ts';
import { at, phases, type Case } from './fixtures.ts';

/** A cutover that passed, with writes stopped for 3 min 12 s. */
export function passedCutover(): Case<CutoverJob> {
  const job = done();
  const all = {
    ...job,
    status: 'SUCCEEDED',
    verdict: 'passed',
    endedAt: at(T.end),
    atlas: { snapshotId: SNAPSHOT_AFTER },
    steps: { ...STOPPED, ...SWITCHED },
    phases: { ...job.phases, ...phases({ snapshot: [T.back, T.end - 1] }) },
    cutover: { ...job.cutover, writesBackAt: at(T.back) },
  } as const;
  return made(all, EVENTS.length, T.end);
}

/** The same against the simulator, whose approvers Lifeboat played; what stands beside the source is not in Atlas. */
export function simulatedCutover(): Case<CutoverJob> {
  const { job, ...rest } = passedCutover();
  const { source, ...runbook } = job.runbook;
  if (source === undefined) throw new TypeError('The runbook has no source.');
  const decisions = PEOPLE.decisions.map((one) => ({ ...one, played: true as const }));
  const simulation = { seed: 1, speed: 600 };
  return { ...rest, job: { ...job, runbook, simulation, approvals: { job: { ...PEOPLE, decisions } } } };
}

/** A cutover that passed but for a check that could not look. */
export function inconclusiveCutover(): Case<CutoverJob> {
  const { job, ...rest } = passedCutover();
  const blind = {
    name: 'database-users',
    outcome: 'unknown',
    message: 'Lifeboat may not read them.',
  } as const;
  return { ...rest, job: { ...job, verdict: 'inconclusive', checks: [...CHECKS.slice(0, 1), blind] } };
}

/** Writes were stopped and the lag never came down: writes went back to the source by themselves. */
export function writeStopTooLong(): Case<CutoverJob> {
  const job = atThePoint();
  const failed = ended(job, 'WriteStopLimitError', 'Writes have been stopped for 600 s.', T.stopped + 640);
  const back = T.stopped + 612;
  const resumed = {
    'resumeWrites/start the shop again': step(back - 4, back, 'The shop answered that it is done.'),
  };
  const cutover = { ...job.cutover, readings: [], writesBackAt: at(back) };
  return made({ ...failed, steps: { ...STOPPED, ...resumed }, cutover }, 6, T.stopped + 640);
}

/** Writes were stopped, the migration failed, and the shop could not be started again. */
export function stillStopped(): Case<CutoverJob> {
  const job = atThePoint();
  const cutover = { ...job.cutover, status: 'FAILED' };
  const failed = ended(
    { ...job, cutover },
    'MigrationFailedError',
    'Atlas says that it failed.',
    T.stopped + 90,
  );
  return made(failed, 6, T.stopped + 95);
}

/** The cutover was done, and users were missing on the target: writes stay stopped. */
export function failedAfterCutover(): Case<CutoverJob> {
  const missing = {
    name: 'database-users',
    outcome: 'fail',
    message: '2 users are not on the target.',
  } as const;
  const job = { ...done(), checks: [...CHECKS.slice(0, 1), missing] };
  return made(
    ended(job, 'VerificationFailedError', '2 users are not on the target.', T.complete + 40),
    8,
    T.complete + 41,
  );
}

/** The cutover was asked for, and what became of the request is not known. */
export function unsettledCutover(): Case<CutoverJob> {
  const job = atThePoint();
  const cutover = { ...job.cutover, attempts: 1, intent: { at: at(T.sent), attempt: 1, lagSeconds: 0 } };
  const failed = ended({ ...job, cutover }, 'CutoverUnsettledError', 'Atlas did not answer.', T.sent + 300);
  return made(failed, 7, T.sent + 301);
}

/** Somebody else had cut the migration over. */
export function cutOverAlready(): Case<CutoverJob> {
  const cutover = { status: 'COMPLETE', readings: [], attempts: 0, foundCutOverAt: at(2) };
  const job = { ...begun(), guards: [], cutover, phases: phases({ guard: [0.4, 3] }) };
  return made(ended(job, 'MigrationCutOverError', 'It was cut over already.', 3), 1, 4);
}

/** Somebody said no. */
export function refusedCutover(): Case<CutoverJob> {
  const { job } = waitingForPeople();
  const [asked] = Object.values(job.approvals);
  if (asked === undefined) throw new TypeError('Nobody was asked.');
  const { hash } = asked.plan;
  const no = {
    decision: 'reject',
    by: { type: 'cli', who: 'ben' },
    reason: 'Not while the sale runs.',
    at: at(T.yes),
    plan: hash,
  } as const;
  const refused: ApprovalRecord = {
    ...asked,
    decisions: [...asked.decisions, no],
    outcome: 'rejected',
    endedAt: at(T.yes),
  };
  const failed = ended(
    { ...job, approvals: { job: refused } },
    'ApprovalRejectedError',
    'ben said no.',
    T.yes,
  );
  return made(
    { ...failed, phases: phases({ guard: [0.4, 3], migration: [3, T.ready], approval: [T.asked, T.yes] }) },
    4,
    T.yes,
  );
}

/** Told to stop while it watched the migration. */
export function cancelledCutover(): Case<CutoverJob> {
  const job = { ...begun(), phases: phases({ guard: [0.4, 3], migration: [3, 900] }) };
  const failed = ended(job, 'JobCancelledError', 'Job was cancelled by dana: Tomorrow.', 900);
  const cutover = { ...job.cutover, status: 'WORKING', notReadyAt: at(880) };
  return made(
    { ...failed, cutover, status: 'CANCELLED', cancel: { at: at(890), by: 'dana', reason: 'Tomorrow.' } },
    2,
    901,
  );
}

/** Asked of people: one of two has said yes. */
export function waitingForPeople(): Case<CutoverJob> {
  const { outcome, endedAt, ...open } = PEOPLE;
  if (outcome === undefined || endedAt === undefined) throw new TypeError('The request is open.');
  const asked = { ...open, decisions: open.decisions.slice(0, 1) };
  const job = {
    ...begun(),
    phases: phases({ guard: [0.4, 3], migration: [3, T.ready], approval: [T.asked] }),
    approvals: { job: asked },
    cutover: { status: 'WORKING', readyAt: at(T.ready), readings: [], attempts: 0 },
  };
  return made(job, 4, T.asked + 200);
}

/** Watched, and not ready yet. */
export function watchingMigration(): Case<CutoverJob> {
  const cutover = {
    status: 'WORKING',
    notReadyAt: at(7200),
    seen: { at: at(7200), lagSeconds: 431 },
    readings: [],
    attempts: 0,
  };
  return made({ ...begun(), cutover, phases: phases({ guard: [0.4, 3], migration: [3] }) }, 2, 7205);
}

/** With writes stopped, before the cutover is asked for. */
export function writesStopped(): Case<CutoverJob> {
  return made(atThePoint(), 6, T.sent - 1);
}

export const CUTOVER_CASES: Readonly<Record<string, () => Case<CutoverJob>>> = {
  passedCutover,
  simulatedCutover,
  inconclusiveCutover,
  writeStopTooLong,
  stillStopped,
  failedAfterCutover,
  unsettledCutover,
  cutOverAlready,
  refusedCutover,
  cancelledCutover,
  waitingForPeople,
  watchingMigration,
  writesStopped,
};
