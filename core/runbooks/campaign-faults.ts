import { clusterName } from './cluster.ts';
import type { CrossFieldFault } from './cross-field-fault.ts';
import { isMap } from './is-map.ts';
import { KIND_BY_USE } from '../steps/kinds.ts';
import { writtenSteps } from './steps/step-faults.ts';

type Draft = Readonly<Record<string, unknown>>;

/** The rules between the keys of a campaign, but those of its drills. */
export function campaignFaults(draft: Draft): CrossFieldFault[] {
  const clusters = isMap(draft.sources) ? draft.sources.clusters : undefined;
  const sources = namesIn(clusters);
  const targets = namesIn(draft.targets);
  return [
    ...repeated(sources, ['sources', 'clusters']),
    ...repeated(targets, ['targets']),
    ...targets.flatMap((name, index) =>
      name !== undefined && sources.includes(name)
        ? [
            {
              path: ['targets', index],
              message: `is ${name}, which is one of the sources: a drill would erase it`,
            },
          ]
        : [],
    ),
    ...concurrencyFaults(draft.concurrency, targets.length),
    ...destroyingFaults(draft.drill),
  ];
}

function namesIn(list: unknown): (string | undefined)[] {
  if (!Array.isArray(list)) return [];
  return list.map((one: unknown) => {
    if (!isMap(one) || typeof one.project !== 'string' || typeof one.cluster !== 'string') return undefined;
    return clusterName({ project: one.project, cluster: one.cluster });
  });
}

function repeated(names: readonly (string | undefined)[], path: readonly string[]): CrossFieldFault[] {
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ path: [...path, index], message: `is ${name} once more: each cluster stands there once` }]
      : [],
  );
}

function concurrencyFaults(concurrency: unknown, targets: number): CrossFieldFault[] {
  if (typeof concurrency !== 'number' || targets === 0 || concurrency <= targets) return [];
  const message = `is more than there are targets: at most ${targets}, one drill at a time for each of them`;
  return [{ path: ['concurrency'], message }];
}

/** What a step destroys is confirmed by its name, and a campaign would do it to as many things as it has drills. */
function destroyingFaults(drill: unknown): CrossFieldFault[] {
  if (!isMap(drill)) return [];
  return writtenSteps(drill).flatMap(({ path, step: { use } }) => {
    const destroys = typeof use === 'string' && (KIND_BY_USE.get(use)?.destroys ?? false) !== false;
    if (!destroys) return [];
    return [
      {
        path: ['drill', ...path, 'use'],
        message: 'destroys something, which the drills of a campaign never do',
      },
    ];
  });
}
