import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { FreezeEntry, FreezeLog } from '../../core/jobs/freeze.ts';
import { freezeEventOf, type FreezeEvent } from '../../core/notify/freeze-event.ts';

/** The events of a write of the freezes: one for each freeze and unfreeze that was not there before; none for another record. */
export function freezeEvents({ dynamodb }: DynamoDBRecord): FreezeEvent[] {
  const known = new Set(entriesIn(dynamodb?.OldImage).map(textOf));
  return entriesIn(dynamodb?.NewImage)
    .filter((entry) => !known.has(textOf(entry)))
    .map(freezeEventOf);
}

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];

function entriesIn(image: Image): readonly FreezeEntry[] {
  if (image?.sk?.S !== 'FREEZE') return [];
  const { document } = unmarshall(image as Record<string, AttributeValue>);
  return (JSON.parse(String(document)) as FreezeLog).entries;
}

const textOf = (entry: FreezeEntry): string => JSON.stringify(entry);
