import { z } from 'zod';
import { type ApiContext, errorReply, type Incoming } from './api.ts';
import { ApiError } from './api-error.ts';
import { jsonReply, type Reply } from './http-types.ts';
import { objectId } from './identifiers.ts';
import { INBOX } from './faults.ts';
import { takeMessage } from './inbox.ts';
import { bodyClusterName, bodyId, checkedBody, parsedBody } from './request-body.ts';
import { restoreJobStatus } from './restore-jobs.ts';
import type { RestoreJobRecord } from './records.ts';
import { type AlertState, nextSerial, type World } from './world.ts';

/** What only a simulator has, for people and tests; it needs no sign-in. */
const PRACTICE_ROUTES: Readonly<Record<string, string>> = {
  'GET /simulator/changes': 'simulatorChanges',
  'GET /simulator/clock': 'simulatorClock',
  'GET /simulator/restoreJobs': 'simulatorRestoreJobs',
  'POST /simulator/alerts': 'simulatorOpenAlert',
  'GET /simulator/inbox': 'simulatorInbox',
  'POST /simulator/inbox': INBOX,
};

const alertRequest = z.strictObject({
  project: bodyId,
  cluster: bodyClusterName.optional(),
  hostnameAndPort: z.string().min(1).optional(),
  eventType: z.string().min(1).default('NO_PRIMARY'),
  status: z.enum(['OPEN', 'TRACKING', 'CLOSED']).default('OPEN'),
});

/** The name of a practice route, or undefined for any other path. */
export function practiceOperation(method: string, path: string): string | undefined {
  return PRACTICE_ROUTES[`${method} ${path}`];
}

/** Answers a practice route. */
export function answerPractice(
  context: ApiContext,
  operation: string,
  incoming: Incoming,
  now: number,
  speed: number,
): Reply {
  if (operation === 'simulatorChanges') return jsonReply(200, context.world.changes);
  if (operation === 'simulatorClock') return jsonReply(200, { now: new Date(now).toISOString(), speed });
  if (operation === 'simulatorRestoreJobs') return jsonReply(200, restoreJobRecords(context.world, now));
  if (operation === 'simulatorInbox') return jsonReply(200, context.world.inbox);
  if (operation === INBOX) {
    const reply = takeMessage(context.world, incoming, now);
    context.save(now);
    return reply;
  }
  try {
    const alert = openAlert(context.world, parsedBody(incoming.body), now);
    context.save(now);
    return jsonReply(201, { id: alert.id });
  } catch (error) {
    return errorReply(error, {});
  }
}

/** Every restore job of the world, oldest first. */
export function restoreJobRecords(world: World, now: number): RestoreJobRecord[] {
  return world.restoreJobs.map((job) => ({
    id: job.id,
    kind: job.kind,
    deliveryType: job.deliveryType,
    source: job.source,
    ...(job.target && { target: job.target }),
    snapshotId: job.snapshotId,
    createdAt: new Date(job.createdAt).toISOString(),
    status: restoreJobStatus(job, now),
  }));
}

function openAlert(world: World, body: unknown, now: number): AlertState {
  const wanted = checkedBody(alertRequest, body);
  if (!world.projects.some((project) => project.id === wanted.project)) {
    throw new ApiError('GROUP_NOT_FOUND', wanted.project);
  }
  const alert = { ...wanted, id: objectId(now, nextSerial(world)), createdAt: now };
  world.alerts.push(alert);
  return alert;
}
