import type { ContextPart } from './context.ts';
import { bucketReports } from './reports.ts';

/** For the task that writes reports. */
export const withReports: ContextPart = () => Promise.resolve({ reports: bucketReports });
