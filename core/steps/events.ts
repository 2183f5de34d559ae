import { collect } from '../atlas/collect.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import type { EventsWith } from '../runbooks/steps/events.ts';
import { couldNotSee, see } from './seeing.ts';
import type { StepContext, StepWork } from './step.ts';

/** Most events that the evidence spells out; the others are counted. */
const MOST_EVENTS = 20;

/** The events of the job's time on both clusters, for the report. Finding none is no fault. */
export const events: StepWork<EventsWith> = {
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
