import { PassThrough } from 'node:stream';
import { jobLines } from '../../cli/output/job-facts.ts';
import { planLines } from '../../cli/output/plan.ts';
import { printError } from '../../cli/output/print-error.ts';
import { summaryLines } from '../../cli/output/summary.ts';
import { timelineTable } from '../../cli/output/timeline-table.ts';
import { startProgress } from '../../cli/progress/start-progress.ts';
import { outputOn, type Output } from '../../cli/terminal.ts';
import { planJob } from '../../core/commands/plan-job.ts';
import { dueNotices } from '../../core/notify/due.ts';
import { compose } from '../../core/notify/compose.ts';
import { slackBody } from '../../core/notify/slack.ts';
import { NO_POLICY } from '../../core/policy/policy.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { renderReport } from '../../core/report/html.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { jsonText } from '../../core/visible-text.ts';
import type { Stage } from './run-job.ts';

/** What people are shown of a runbook's plan and of its job, by the name of the output. */
export async function outputsOf(text: string, stage: Stage): Promise<Record<string, string>> {
  const plan = await written(async (out) => {
    const runbook = parseRunbook(text, 'runbook.yaml');
    const made = await planJob({ runbook, policy: NO_POLICY, seed: 1 }, stage.atlas, stage.clock);
    out.line(planLines(made, 'runbook.yaml', out.width, out.colors).join('\n'));
  });
  const { jobId } = await stage.start(text);
  const job = await stage.run(jobId);
  const timeline = await stage.jobs.timeline(jobId);
  const report = buildReport(job, timeline, job.updatedAt);
  const notices = dueNotices(job, job.updatedAt).map((notice) =>
    compose(job, notice, job.updatedAt, `memory:${jobId}`),
  );
  return {
    plan,
    'progress in a log': await written(async (err) => {
      const progress = await startProgress(job, { ...stage.clock, speed: 1 }, { err, quiet: false });
      for (const event of timeline) progress.event(event);
    }),
    ...(await ofLines('summary', ({ width, colors }) => summaryLines(report, { width, colors }))),
    ...(await ofLines('jobs show', ({ width, colors }) => jobLines(report, { width, colors }))),
    ...(await ofLines('jobs timeline', ({ width, colors }) => timelineTable(timeline, width, colors))),
    'report page': renderReport(report),
    'report JSON': jsonText(report, 2),
    ...Object.fromEntries(
      notices.flatMap((event) => [
        [`event ${event.type}`, jsonText(event)],
        [`text of ${event.type}`, `${event.text}\n${event.subject}`],
        [`chat ${event.type}`, slackBody(event).text],
      ]),
    ),
  };
}

async function ofLines(name: string, lines: (out: Output) => string[]): Promise<Record<string, string>> {
  const shown = await written((out) => {
    out.line(lines(out).join('\n'));
    return Promise.resolve();
  });
  return { [name]: shown };
}

/** What is written to an output that is no terminal, errors as commands tell them. */
async function written(write: (out: Output) => Promise<void>): Promise<string> {
  const stream = new PassThrough();
  const out = outputOn(stream as unknown as NodeJS.WriteStream, {}, false);
  try {
    await write(out);
  } catch (error) {
    printError(error, out, false);
  }
  return String(stream.read() ?? '');
}
