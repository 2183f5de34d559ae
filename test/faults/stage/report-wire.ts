import type { ReportStore } from '../../../core/tasks/context.ts';
import { ReportUnwritableError } from '../../../core/tasks/errors.ts';
import type { Ground } from './ground.ts';
import type { Wire } from './table-wire.ts';

/** Reports that are kept in memory. */
export function reportsOn({ reports }: Ground, wire: Wire): ReportStore {
  const place = (jobId: string) => `memory:${jobId}`;
  return {
    place,
    put: (report) =>
      wire({
        kind: 'report',
        name: 'put',
        perform() {
          reports.set(report.jobId, report);
          return Promise.resolve(place(report.jobId));
        },
        unanswered: () => Promise.reject(new ReportUnwritableError('The disk did not answer.')),
        full: () => Promise.reject(new ReportUnwritableError('No space is left on the disk.')),
      }),
  };
}
