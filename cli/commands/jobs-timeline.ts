import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { timelineTable } from '../output/timeline-table.ts';
import { withJob } from '../with-job.ts';
import type { ShowOptions } from './jobs-show.ts';

/** Shows every event of a job, oldest first. */
export function showTimeline(cli: Cli, jobId: string, { json = false }: ShowOptions): Promise<number> {
  return withJob(cli, jobId, ({ timeline }) => {
    const { out } = cli;
    out.line(
      json ? JSON.stringify(timeline, null, 2) : timelineTable(timeline, out.width, out.colors).join('\n'),
    );
    return EXIT.done;
  });
}
