import * as z from 'zod';
import { clusterRef, duration, plainLine, projectId } from '../fields.ts';
import { commonGuards, GUARDS, guardsTimeout, heading, TIMEOUTS } from './common.ts';
import { DEFAULT_LIMITS } from './default-limits.ts';
import { notify } from './notify.ts';
import { restoreRunbook } from './restore.ts';
import { schedule } from './schedule.ts';

/** Most clusters of a campaign: its record holds what came of each, and a DynamoDB item ends at 400 KB. */
export const MOST_SOURCES = 200;

const tag = plainLine.min(1, 'is empty').max(255);

const sources = z
  .union(
    [
      z.strictObject({
        clusters: z
          .array(clusterRef)
          .min(1)
          .max(MOST_SOURCES, `holds more than ${MOST_SOURCES} clusters`)
          .describe('The clusters, one after the other'),
      }),
      z.strictObject({
        tagged: z
          .strictObject({
            projects: z.array(projectId).min(1).describe('Projects whose clusters are looked through'),
            tags: z
              .record(tag, tag)
              .refine((tags) => Object.keys(tags).length > 0, { error: 'is empty: at least one tag' })
              .describe('Tags that a cluster must have, all of them, as key: value'),
          })
          .describe('Every dedicated cluster with these tags when the campaign begins'),
      }),
    ],
    { error: 'needs exactly one of clusters, tagged' },
  )
  .describe('The clusters that are drilled');

/** What a campaign says of its drills: a drill but for what the campaign itself knows. */
const drill = restoreRunbook
  .omit({
    version: true,
    name: true,
    description: true,
    kind: true,
    schedule: true,
    source: true,
    target: true,
    guards: true,
    approval: true,
    notify: true,
  })
  .extend({
    delivery: z
      .enum(['automated', 'pointInTime'])
      .default('automated')
      .describe('automated: a snapshot onto the target; pointInTime: an instant onto it'),
  });

const guards = z
  .strictObject({
    ...commonGuards,
    fallbackSnapshots: z
      .boolean()
      .default(false)
      .describe('Accept a fallback snapshot, which may be inconsistent'),
  })
  .describe(GUARDS);

const timeouts = z
  .strictObject({
    guards: guardsTimeout,
    job: duration
      .prefault(DEFAULT_LIMITS.campaign.job)
      .describe('Until the last drill has begun; each drill has limits of its own'),
  })
  .describe(TIMEOUTS);

/** Drills of many clusters as a user writes them. Durations are held as seconds. */
export const campaignRunbook = z.strictObject({
  ...heading,
  kind: z.literal('campaign').describe('Drill many clusters, one after the other'),
  schedule: schedule.optional(),
  sources,
  targets: z
    .array(clusterRef)
    .min(1)
    .max(100, 'holds more than 100 clusters')
    .describe('The clusters that are overwritten, each by one drill at a time'),
  concurrency: z
    .int()
    .min(1)
    .max(40)
    .optional()
    .describe('How many drills may run at once; at most one for each target, which is the default'),
  drill: drill.describe('How each cluster is drilled'),
  guards: guards.prefault({}),
  timeouts: timeouts.prefault({}),
  notify,
});

/** Drills of many clusters, checked and complete. Durations are seconds. */
export type CampaignRunbook = z.output<typeof campaignRunbook>;
