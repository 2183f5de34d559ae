import { isoTime } from '../../clock.ts';
import { sideOf } from '../../jobs/cutover-record.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { begin } from '../../jobs/phases.ts';
import { isFinal } from '../../jobs/status.ts';
import { hasEnded, stepsOf } from '../../jobs/steps.ts';
import { isWriteStopBegun, writesStoppedAt } from '../../jobs/write-stop.ts';
import type { StepLibrary } from '../../steps/protocol/step-kind.ts';
import type { Task, TaskContext, TaskInput } from '../context.ts';
import {
  advancingTask,
  anyTask,
  forCutovers,
  GO,
  renewLease,
  saveJob,
  type Transition,
} from '../define-task.ts';
import { advanceStage } from '../steps/advance-stage.ts';
import { noteCaught } from '../steps/note-caught.ts';
import { toSteps } from '../steps/to-steps.ts';
import { noteResumeSkipped, noteWritesBack, noteWritesStopped } from './note-writes.ts';
import { cutToWriteStop, stopIfWriteStopOver } from './write-stop-limit.ts';

/** The tasks that stop the application's writes, switch them to the target, or let them go to the source again. */
export function writeStepTasks(library: StepLibrary) {
  return {
    RunStopSteps: advancingTask(
      forCutovers(async (job, context) => {
        const noted = await noteStop(job, library, context);
        stopIfWriteStopOver(noted, 'the steps of stopWrites are not done', context);
        const way = await advanceStage('stopWrites', noted, context, library);
        if (way !== undefined) return cutToWriteStop(way, noted, context);
        await noteWritesStopped(noted, context);
        return GO;
      }),
    ),
    RunSwitchSteps: advancingTask(
      forCutovers(async (job, context) => {
        const way = await advanceStage('switchWrites', job, context, library);
        if (way === undefined) await noteWritesBack(job, 'switchWrites', context);
        return way ?? GO;
      }),
    ),
    RunResumeSteps: anyTask(forCutovers((job, context, input) => resume(job, context, input, library))),
  } satisfies Readonly<Record<string, Task>>;
}

/**
 * Writes down when writes were stopped, before the first request that may do so is sent: however that request ends,
 * `maxWriteStop` then counts from no later an instant.
 */
async function noteStop(job: CutoverJob, library: StepLibrary, context: TaskContext): Promise<CutoverJob> {
  if (job.cutover.writesStoppedAt !== undefined) return job;
  const current = stepsOf(job, 'stopWrites').find((step) => !hasEnded(step));
  const sends = current !== undefined && library.get(current.step.use)?.effect === 'change';
  const at = writesStoppedAt(job) ?? (sends ? isoTime(context.clock.now()) : undefined);
  if (at === undefined) return job;
  const cutover = { ...job.cutover, writesStoppedAt: at };
  return saveJob(job, { cutover, phases: begin(job.phases, 'writeStop', at) }, context);
}

/**
 * Lets the application write to the source again, when writes were stopped and no cutover can have been carried out. In any
 * other case what is written there might be lost, and people have to decide.
 */
async function resume(
  job: CutoverJob,
  context: TaskContext,
  input: TaskInput,
  library: StepLibrary,
): Promise<Transition> {
  if (isFinal(job.status)) return GO;
  const noted = await noteCaught(job, input, context);
  const onwards = toSteps(noted, 'cleanup');
  if (!isWriteStopBegun(noted)) return onwards;
  if (sideOf(noted.cutover) !== 'before') {
    await noteResumeSkipped(noted, context);
    return onwards;
  }
  await renewLease(noted, context);
  const way = await advanceStage('resumeWrites', noted, context, library);
  if (way !== undefined) return way;
  await noteWritesBack(noted, 'resumeWrites', context);
  return onwards;
}
