import type { TaskPart } from './context.ts';
import { bucketReports } from './reports.ts';

/** For the task that writes reports. */
export const withReports: TaskPart = { context: () => Promise.resolve({ reports: bucketReports }) };
