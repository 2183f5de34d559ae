import { clusterTitle, projectTitle } from '../../runbooks/project.ts';
import { humanCount } from '../human.ts';
import type { Report } from '../report.ts';
import type { ReportedRun } from '../reported-run.ts';
import { badge, code, facts, instant, section, size } from './pieces.ts';
import { html, type Html } from './template.ts';

/** The phases of a run, in the order in which Atlas goes through them (return-one-data-lake-pipeline-run). */
const RUN_PHASES = ['SNAPSHOT', 'EXPORT', 'INGESTION'];

/** Which run was followed, where it came, and what it exported beside the run before. */
export function pipeline({ pipelineRun: run, source, projects }: Report): Html | null {
  if (run === null) return null;
  const isExport = run.follows === 'exports';
  return section(
    'pipeline',
    isExport ? 'The snapshot export job' : 'The run of the pipeline',
    facts([
      ['Pipeline', `${run.pipeline}, project ${projectTitle(run.project, projects)}`],
      ['Run', isExport ? html`${code(run.runId)}, which Atlas does not know any more` : code(run.runId)],
      [
        'Snapshot export job',
        run.exportId === null
          ? null
          : html`${code(run.exportId)}${isExport ? ', followed instead' : ', not needed'}`,
      ],
      ['Cluster', source === null ? null : clusterTitle(source, projects)],
      ['State', run.state === null ? 'not seen' : code(run.state)],
      ['Phases', isExport ? null : phases(run)],
      ['Let go on', run.resumedAt === null ? null : instant(run.resumedAt)],
      ['Seen done', run.doneAt === null ? 'no' : instant(run.doneAt)],
      ['Snapshot', run.snapshotId === null ? null : code(run.snapshotId)],
      ['Data set', run.datasetName === null ? null : code(run.datasetName)],
      ['In the bucket', run.prefix === null ? null : code(run.prefix)],
      ['Data set kept until', run.doneAt === null || run.deletedAt === null ? null : instant(run.deletedAt)],
    ]),
    exported(run),
  );
}

/** Where the run is in its phases: gone through, in it, or still to come. */
function phases({ phase, doneAt }: ReportedRun): Html | string {
  const reached = doneAt === null ? RUN_PHASES.indexOf(phase ?? '') : RUN_PHASES.length;
  // A word that is new to us has no place in the order.
  if (reached < 0) return phase ?? 'not seen';
  return html`${RUN_PHASES.map((name, index) => {
    const tone = index < reached ? 'good' : 'plain';
    return html`<span class="run-phase"
      >${badge(tone, index === reached ? `${name}, reached` : name)}</span
    > `;
  })}`;
}

function exported({ stats, before, collections }: ReportedRun): Html {
  if (stats === null) return html`<p class="none">Atlas has not said what was exported.</p>`;
  const rows = [
    ['Documents', 'documents', count],
    ['Size', 'bytes', size],
    ['Collections', 'collections', count],
  ] as const;
  const shown = rows.filter(([, key]) => stats[key] !== null || (before?.stats[key] ?? null) !== null);
  return html`<table class="exported">
      <thead>
        <tr>
          <th scope="col">Exported</th>
          <th scope="col">This run</th>
          <th scope="col">The run before</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(([title, key, show]) => row(title, stats[key], before?.stats[key] ?? null, show))}
      </tbody>
    </table>
    <p class="none">
      ${before === null ? 'It was compared with no earlier run.' : comparedWith(before)}
      ${collections === null ? null : `There were ${humanCount(collections)} collections to export.`}
    </p>`;
}

function comparedWith({ run, jobId }: NonNullable<ReportedRun['before']>): Html {
  return html`The run before is
  ${code(run)}${jobId === null ? ', as Atlas shows it' : html`, which job ${code(jobId)} followed`}.`;
}

function row(title: string, now: number | null, then: number | null, show: (value: number) => Html): Html {
  return html`<tr>
    <th scope="row">${title}</th>
    <td data-label="This run">${now === null ? 'not told' : show(now)}</td>
    <td data-label="The run before">${then === null ? '–' : show(then)}</td>
    <td data-label="Change">${change(now, then)}</td>
  </tr> `;
}

function count(value: number): Html {
  return html`<span class="quantity">${humanCount(value)}</span>`;
}

/** Percent of what the run before exported. */
function change(now: number | null, then: number | null): string {
  if (now === null || then === null || then === 0) return '–';
  const percent = ((now - then) / then) * 100;
  if (percent === 0) return 'none';
  const sign = percent < 0 ? '−' : '+';
  return `${sign}${Math.abs(percent).toFixed(1)} %`;
}
