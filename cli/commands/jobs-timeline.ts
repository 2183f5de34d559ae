import { jobName } from '../../core/jobs/simulated.ts';
import { jsonText } from '../../core/visible-text.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { timelineTable } from '../output/timeline-table.ts';
import { readJob } from '../read-job.ts';
import type { ShowOptions } from './jobs-show.ts';

/** Shows every event of a job, oldest first. */
export async function showTimeline(cli: Cli, jobId: string, { json = false }: ShowOptions): Promise<number> {
  const { job, timeline } = await readJob(cli, jobId);
  const { out, err, quiet } = cli;
  // Beside the list and not in it: the events are what was hashed, and the first of them says that the job is simulated, too.
  const beside = json ? err : out;
  if (job.simulation !== undefined && !(json && quiet))
    beside.line(`Job ${jobName(job)} proves nothing about a real cluster.`);
  out.line(json ? jsonText(timeline, 2) : timelineTable(timeline, out.width, out.colors).join('\n'));
  return EXIT.done;
}
