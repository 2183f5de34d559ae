import { handleSchedule } from './runtime/schedule-handler.ts';

/** Starts the job that a schedule asks for. */
export const handler = handleSchedule;
