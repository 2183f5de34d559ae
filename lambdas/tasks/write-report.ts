import { writeReport } from '../../core/tasks/write-report.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withReports } from '../runtime/with-reports.ts';

/** WriteReport on AWS. */
export const handler = taskHandler(writeReport, withReports);
