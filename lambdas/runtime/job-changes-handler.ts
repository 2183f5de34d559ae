import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { jsonText } from '../../core/visible-text.ts';
import type { FreezeEvent } from '../../core/notify/freeze-event.ts';
import type { JobEvent } from '../../core/notify/message.ts';
import { CLIENT_SETTINGS } from './aws-client.ts';
import { countEvent } from './count-job.ts';
import { readEnvironment } from './environment.ts';
import { AwsServiceError, asking } from './errors.ts';
import { jobChange } from './job-changes.ts';
import { freezeEvents } from './freeze-changes.ts';
import { logger } from './logger.ts';
import { metrics, publishMetrics } from './metrics.ts';
import { reportPlace } from './report-place.ts';

const client = new EventBridgeClient(CLIENT_SETTINGS);

/** The source of Lifeboat's events on the bus. */
const SOURCE = 'lifeboat';

/**
 * Puts what the writes of jobs tell onto the bus, and counts it. Events arrive at least once, each under an id of its own:
 * a batch that fails is delivered again from the record that failed.
 */
export async function handleJobChanges({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  try {
    for (const record of Records) {
      try {
        const freezes = freezeEvents(record);
        if (freezes.length > 0) await putEvents(freezes);
        const change = jobChange(record, reportPlace);
        if (change === undefined || change.events.length === 0) continue;
        await putEvents(change.events);
        for (const event of change.events) countEvent(change.job, event, metrics);
      } catch (error) {
        logger.error('failed', { error: error as Error });
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    return { batchItemFailures: [] };
  } finally {
    publishMetrics();
  }
}

async function putEvents(events: readonly (JobEvent | FreezeEvent)[]): Promise<void> {
  const bus = readEnvironment('bus').LIFEBOAT_EVENT_BUS;
  const Entries = events.map((event) => ({
    EventBusName: bus,
    Source: SOURCE,
    DetailType: event.type,
    Time: new Date(event.at),
    Detail: jsonText(event),
  }));
  const { FailedEntryCount = 0 } = await asking(`put events onto ${bus}`, () =>
    client.send(new PutEventsCommand({ Entries })),
  );
  if (FailedEntryCount > 0)
    throw new AwsServiceError(`${FailedEntryCount} event(s) were not put onto ${bus}.`);
}
