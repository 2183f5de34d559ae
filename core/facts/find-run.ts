import type { AtlasClient } from '../atlas/client.ts';
import type { CheckResult, Look } from '../runbooks/check.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import { exportTitle, pipelineTitle } from '../runbooks/run-titles.ts';
import { look } from './look.ts';
import { goneAs, readPipelineRun, readSnapshotExport, type RunRef, type RunState } from './run-state.ts';

/** The snapshot export job that is looked at where Atlas knows no such run. */
export interface ExportRef {
  readonly source: ClusterRef;
  readonly exportId: string;
}

/**
 * What a runbook follows: its run, or the snapshot export job in its place. `gone` is how Atlas said that it knows no such
 * run; `state` is absent when there is nothing to follow instead.
 */
export interface FoundRun {
  /** What was found, inside a sentence. */
  readonly title: string;
  readonly gone?: string;
  readonly state?: RunState;
}

/** Throws the errors of the Atlas client, but for the one that says that there is no such run. */
export async function findRun(
  run: RunRef,
  instead: ExportRef | undefined,
  atlas: AtlasClient,
): Promise<FoundRun> {
  const title = pipelineTitle(run);
  try {
    return { title, state: await readPipelineRun(run, atlas) };
  } catch (error) {
    const gone = goneAs(error);
    if (gone === undefined) throw error;
    if (instead === undefined) return { title, gone };
    const { source, exportId } = instead;
    const state = await readSnapshotExport(source, exportId, atlas);
    return { title: exportTitle(exportId, source), gone, state };
  }
}

/**
 * Reads a run that was known once, or says why it can't be seen: it is not allowed, not there, or Atlas has withdrawn it.
 *
 * @param title of the run, inside a sentence. Throws every other error of the Atlas client.
 */
export async function lookAtKnownRun(title: string, read: () => Promise<RunState>): Promise<Look<RunState>> {
  try {
    return await look(title, read);
  } catch (error) {
    const gone = goneAs(error);
    if (gone === undefined) throw error;
    return { unseen: `${title}: Atlas no longer knows it (${gone})` };
  }
}

/** What it means that Atlas knows no such run. A 410 is clear; a 404 may also come of a mistake in the runbook. */
export function whatGoneMeans(run: RunRef, gone: string): string {
  const answered = `Atlas answered ${gone} for ${pipelineTitle(run)} in project ${run.project}:`;
  return gone.startsWith('410')
    ? `${answered} it has withdrawn its data lake pipelines.`
    : `${answered} it has withdrawn its data lake pipelines, or the project, the name or the id of the run is wrong.`;
}

/** What to do where a run is gone and nothing is named in its place. */
export const EXPORTS_INSTEAD =
  'Snapshot export jobs take the place of pipelines: export a snapshot into a bucket of yours, and give the id of that snapshot export job as export.';

/** The guard that has looked at the run: it is there, and has not ended badly. */
export function runIsThere(run: RunRef, { title, gone, state }: FoundRun): CheckResult {
  const name = 'run-is-there';
  if (state === undefined) {
    const message = `${whatGoneMeans(run, gone ?? '404')} ${EXPORTS_INSTEAD}`;
    return { name, outcome: 'fail', message, evidence: { answer: gone ?? null } };
  }
  const { outcome, state: word, phase = null, snapshotId = null } = state;
  const instead = gone === undefined ? '' : ` ${whatGoneMeans(run, gone)}`;
  return {
    name,
    outcome: outcome === 'running' || outcome === 'done' ? 'pass' : 'fail',
    message: `Atlas says that ${title} is ${word}.${instead}`,
    evidence: { state: word, phase, snapshotId, answer: gone ?? null },
  };
}
