import type { LagReading } from '../../core/jobs/cutover-record.ts';
import { isCutoverJob, type CutoverJob, type Job } from '../../core/jobs/job.ts';
import { isWriteStopBegun } from '../../core/jobs/write-stop.ts';
import { ofEachJob, type Invariant } from './invariant.ts';
import type { Witness, WitnessedCutover, WitnessedLook } from './witness.ts';

/**
 * Seconds that may lie between the last look and the request that reaches Atlas: a process that was held up longer sends
 * nothing, and a request takes up to two minutes to arrive.
 */
const FRESH_SECONDS = 20 + 120;
/** Seconds that a look takes at most, repetitions and signing in included. */
const LONGEST_LOOK_SECONDS = 120;

const oneCutover: Invariant = {
  name: 'one-cutover-for-a-migration',
  says: 'Atlas carried out at most one cutover for a migration, and the record of its job knows of it.',
  broken({ atlas, jobs }) {
    const ids = [...new Set(atlas.cutovers.map(({ migrationId }) => migrationId))];
    return ids.flatMap((id) => {
      const made = atlas.cutovers.filter(({ migrationId }) => migrationId === id);
      const twice = made.length > 1 ? [`migration ${id} was cut over ${made.length} times`] : [];
      const isOurs = made.some(({ foreign }) => foreign !== true);
      const knows = jobs.some((job) => isCutoverJob(job) && job.runbook.migration === id && askedFor(job));
      return isOurs && !knows ? [...twice, `migration ${id} was cut over, and no record tells of it`] : twice;
    });
  },
};

function askedFor({ cutover }: CutoverJob): boolean {
  return (
    cutover.intent !== undefined || cutover.acceptedAt !== undefined || cutover.completedAt !== undefined
  );
}

const claimedWasDone = ofEachCutover(
  'a-cutover-claimed-was-done',
  'A record that says that its cutover was accepted or completed tells of one that Atlas carried out.',
  (job, { atlas }) => {
    const { acceptedAt, completedAt } = job.cutover;
    const isClaimed = acceptedAt !== undefined || completedAt !== undefined;
    const wasDone = atlas.cutovers.some(({ migrationId }) => migrationId === job.runbook.migration);
    return isClaimed && !wasDone ? ['Atlas carried out no cutover'] : [];
  },
);

const lagReadBefore: Invariant = {
  name: 'lag-read-just-before',
  says: 'No migration is cut over unless its lag was read just before, known and low, after as many low readings as the runbook wants.',
  broken: ({ atlas, jobs }) =>
    atlas.cutovers
      .filter(({ foreign }) => foreign !== true)
      .flatMap((made) => {
        const asked = jobs.filter(
          (job): job is CutoverJob =>
            isCutoverJob(job) && cutoversOf(job, [made]).length > 0 && askedFor(job),
        );
        // Where two jobs have the same migration, one of them asked for it.
        const faults = asked.map((job) =>
          lagFaults(job, made, atlas.looks).map((line) => `${job.jobId}: ${line}`),
        );
        return faults.find((lines) => lines.length === 0) ?? faults.flat();
      }),
};

function lagFaults(
  job: CutoverJob,
  { at, sentAt = at }: WitnessedCutover,
  all: readonly WitnessedLook[],
): string[] {
  const { migration, lag } = job.runbook;
  const { readings, intent } = job.cutover;
  const looks = all.filter((look) => look.migrationId === migration && look.at <= sentAt);
  const last = looks.at(-1);
  if (last === undefined) return ['it was cut over without a look at it'];
  const low = looks.filter((look) => look.ready && isLow(look, job));
  const counted = [...readings, ...(intent === undefined ? [] : [intent])];
  return [
    ...(low.includes(last) ? [] : [`the last look, at ${last.at}, gave ${last.lagSeconds ?? 'no lag'}`]),
    ...(secondsFrom(last.at, at) <= FRESH_SECONDS
      ? []
      : [`the last look was at ${last.at}, its cutover at ${at}`]),
    ...(readings.length >= lag.readings ? [] : [`it counts ${readings.length} readings of ${lag.readings}`]),
    ...counted.filter((one) => !isTold(one, low)).map((one) => `Atlas never told the reading of ${one.at}`),
    // Nobody counts the same look twice.
    ...(readings.some((one) => one.at === intent?.at) ? ['the lag was not read again with the request'] : []),
  ];
}

function isLow({ lagSeconds }: Pick<LagReading, 'lagSeconds'>, { runbook }: CutoverJob): boolean {
  return lagSeconds !== null && lagSeconds <= runbook.lag.atMost;
}

/** A reading is dated before it is asked for, which takes a request's time. */
function isTold(reading: LagReading, looks: readonly WitnessedLook[]): boolean {
  return looks.some(({ at, asked = at, lagSeconds }) => {
    const seconds = secondsFrom(reading.at, asked);
    return lagSeconds === reading.lagSeconds && seconds >= 0 && seconds <= LONGEST_LOOK_SECONDS;
  });
}

function secondsFrom(from: string, until: string): number {
  return (Date.parse(until) - Date.parse(from)) / 1000;
}

const writesAccountedFor = ofEachCutover(
  'writes-are-accounted-for',
  'Where writes were stopped, they are back, or the timeline says that they are not and why.',
  (job, witness) => {
    const told = witness.atlas.messages.some(
      ({ jobId, stage }) => jobId === job.jobId && stage === 'stopWrites',
    );
    if (!told && !isWriteStopBegun(job)) return [];
    const types = witness.timelineOf(job.jobId).map(({ type }) => type);
    const says = types.some((type) => type === 'resume-skipped' || type === 'writes-not-resumed');
    return job.cutover.writesBackAt !== undefined || says
      ? []
      : ['writes were stopped, and it says no more of them'];
  },
);

const noWritesToTheOld = ofEachCutover(
  'no-writes-to-a-source-cut-over',
  'The application is never told to write to the source again once Atlas has begun the cutover, nor to the target before.',
  (job, { atlas }) => {
    const at = cutoversOf(job, atlas.cutovers)[0]?.at;
    return atlas.messages
      .filter(({ jobId }) => jobId === job.jobId)
      .flatMap((message) => {
        if (message.stage === 'resumeWrites' && at !== undefined && message.at >= at)
          return [`"${message.step}" was sent at ${message.at}, after the cutover`];
        if (message.stage === 'switchWrites' && (at === undefined || message.at < at))
          return [`"${message.step}" was sent at ${message.at}, before a cutover`];
        return [];
      });
  },
);

function cutoversOf(job: CutoverJob, made: readonly WitnessedCutover[]): WitnessedCutover[] {
  return made.filter(
    ({ migrationId, foreign, by = job.jobId }) =>
      migrationId === job.runbook.migration && foreign !== true && by === job.jobId,
  );
}

function ofEachCutover(
  name: string,
  says: string,
  broken: (job: CutoverJob, witness: Witness) => readonly string[],
): Invariant {
  return ofEachJob(name, says, (job: Job, witness) => (isCutoverJob(job) ? broken(job, witness) : []));
}

/** What holds of the cutovers of live migrations. */
export const CUTOVER_INVARIANTS: readonly Invariant[] = [
  oneCutover,
  claimedWasDone,
  lagReadBefore,
  writesAccountedFor,
  noWritesToTheOld,
];
