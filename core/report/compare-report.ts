import { canonicalJson } from '../jobs/chain.ts';
import type { Job } from '../jobs/job.ts';
import type { TimelineEvent } from '../jobs/timeline.ts';
import { buildReport } from './build-report.ts';

/** How a report differs from the one that the history gives. */
export interface ReportDifferences {
  /** Facts that are others, or that the history does not give, such as `approvals[0].decisions`. */
  readonly changed: readonly string[];
  /** Facts that are not in it: somebody removed them, or an earlier version of Lifeboat did not have them yet. */
  readonly lacking: readonly string[];
}

/** What people were told changes after the report was made, and what is not of the job. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['notices', 'generatedAt']);

/**
 * Compares all facts of a report with those that are built anew from the record and the timeline.
 *
 * @param facts of a report of a job that had ended.
 * @param timeline the events that the report should hold, oldest first.
 */
export function compareReport(
  facts: Readonly<Record<string, unknown>>,
  job: Job,
  timeline: readonly TimelineEvent[],
): ReportDifferences {
  const built = buildReport(job, timeline, String(facts.generatedAt));
  const changed: string[] = [];
  const lacking: string[] = [];
  compare(asRead(built), asRead(facts), '', { changed, lacking });
  return { changed, lacking };
}

/** As it is read from a file: without what is undefined. */
function asRead(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function compare(
  built: unknown,
  kept: unknown,
  place: string,
  found: { readonly changed: string[]; readonly lacking: string[] },
): void {
  if (isObject(built) && isObject(kept)) {
    for (const [name, value] of Object.entries(built)) {
      if (place === '' && NOT_COMPARED.has(name)) continue;
      const inner = place === '' ? name : `${place}.${name}`;
      if (Object.hasOwn(kept, name)) compare(value, kept[name], inner, found);
      else found.lacking.push(inner);
    }
    for (const name of Object.keys(kept)) {
      if (!Object.hasOwn(built, name)) found.changed.push(place === '' ? name : `${place}.${name}`);
    }
    return;
  }
  if (Array.isArray(built) && Array.isArray(kept) && built.length === kept.length) {
    for (const [nth, value] of built.entries()) compare(value, kept[nth], `${place}[${nth}]`, found);
    return;
  }
  if (canonicalJson(built) !== canonicalJson(kept)) found.changed.push(place);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
