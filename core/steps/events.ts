import * as z from 'zod';
import { collect } from '../atlas/collect.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import type { StepContext } from './protocol/step-context.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { couldNotSee, see } from './shared/seeing.ts';

const settings = z.strictObject({
  types: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not an event type such as CPS_RESTORE_SUCCESSFUL'))
    .min(1)
    .optional()
    .meta({
      description: 'Types of events to collect; absent: all',
      examples: [['CPS_RESTORE_SUCCESSFUL', 'CPS_RESTORE_FAILED']],
    }),
});

/** What `with` holds. */
export type EventsWith = z.output<typeof settings>;

/** Most events that the evidence spells out; the others are counted. */
const MOST_EVENTS = 20;

/**
 * Puts the events of the job's time on both clusters into the evidence. Finding none is no fault.
 *
 * Doc: return-events-from-one-project.
 */
export const events: StepKind<EventsWith> = {
  use: 'events',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  operations: { listGroupEvents: ['Project Read Only'] },
  asksAbout: ['source', 'target'],
  with: settings,
  summary: ({ types }) => `Collect the events of both clusters (${types?.join(', ') ?? 'all types'})`,

  async look({ types }, context) {
    const { job, source, target, now } = context;
    const clusters = [source, target].filter((cluster) => cluster !== undefined);
    const names = clusters.map(clusterName).join(' and ');
    const found = await see(`the events of ${names}`, () => eventsOf(clusters, types, context));
    if ('unseen' in found) return couldNotSee(found, 'what happened there meanwhile');
    const all = found.seen;
    const shown = all.slice(0, MOST_EVENTS);
    const evidence = {
      from: job.createdAt,
      to: now,
      events: all.length,
      ...Object.fromEntries(shown.map((event, index) => [`event ${index + 1}`, event])),
      ...(all.length > shown.length && { more: all.length - shown.length }),
    };
    const message = `Atlas's event log has ${all.length} events of ${names} since the job was made.`;
    return { outcome: 'done', message, evidence };
  },
};

/** Each event once, as `instant type cluster`, oldest first. */
async function eventsOf(
  clusters: readonly ClusterRef[],
  types: readonly string[] | undefined,
  { job, atlas, now }: StepContext,
): Promise<string[]> {
  const found = new Map<string, { readonly at: string | undefined; readonly text: string }>();
  for (const { project, cluster } of clusters) {
    const listed = atlas.events.listGroupEvents({
      groupId: project,
      clusterNames: [cluster],
      ...(types !== undefined && { eventType: types }),
      minDate: job.createdAt,
      maxDate: now,
    });
    for (const event of await collect(listed)) {
      const { id, created: at, eventTypeName = 'of no type' } = event;
      const text = `${at ?? 'at an unknown time:'} ${eventTypeName} ${cluster}`;
      found.set(id ?? JSON.stringify(event), { at, text });
    }
  }
  return [...found.values()]
    .sort((a, b) => Date.parse(a.at ?? now) - Date.parse(b.at ?? now))
    .map((event) => event.text);
}
