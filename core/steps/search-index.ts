import { mayHaveTakenEffect } from '../atlas/errors.ts';
import { LifeboatError } from '../errors.ts';
import { clusterName } from '../runbooks/cluster.ts';
import {
  indexName,
  type SearchIndexDefinition,
  type SearchIndexWith,
} from '../runbooks/steps/search-index.ts';
import { type Change, createUnlessThere } from './already.ts';
import { listed } from './listed.ts';
import { onTarget } from './on-target.ts';
import type { StepAnswer, StepWork } from './step.ts';

type Progress = ReadonlyMap<SearchIndexDefinition, Change>;

/**
 * Creates the indexes one after the other. One that is there is left as it is, so a list that was cut short can be sent
 * again from its start.
 */
export const searchIndex: StepWork<SearchIndexWith> = {
  send: onTarget(async ({ indexes }, target, { atlas }) => {
    const progress = new Map<SearchIndexDefinition, Change>();
    const cluster = { groupId: target.project, clusterName: target.cluster };
    for (const index of indexes) {
      try {
        // By its name: the client checks what the runbook's author wrote, whatever analyzers and fields it holds.
        const create = () => atlas.call('createClusterFtsIndex', { ...cluster, body: index });
        progress.set(index, await createUnlessThere(create));
      } catch (error) {
        // What may succeed later is left to the caller, who sends the list again.
        if (!(error instanceof LifeboatError) || error.retryable || mayHaveTakenEffect(error)) throw error;
        return stoppedHalfWay(indexes, progress, error);
      }
    }
    const evidence = evidenceOf(indexes, progress);
    const { created, alreadyThere } = evidence;
    const message = `Created on ${clusterName(target)}: ${created}. There already, and left as they are: ${alreadyThere}.`;
    return { outcome: 'done', message, evidence };
  }),
};

function stoppedHalfWay(
  indexes: readonly SearchIndexDefinition[],
  progress: Progress,
  error: LifeboatError,
): StepAnswer {
  const evidence = evidenceOf(indexes, progress);
  const { created, alreadyThere, notCreated } = evidence;
  const sentences = [
    `Created: ${created}. There already: ${alreadyThere}. Not created: ${notCreated}.`,
    error.message,
    ...(error.next === undefined ? [] : [error.next]),
  ];
  return { outcome: 'failed', message: sentences.join(' '), evidence };
}

function evidenceOf(indexes: readonly SearchIndexDefinition[], progress: Progress) {
  const named = (change: Change | undefined) =>
    listed(indexes.filter((index) => progress.get(index) === change).map(indexName));
  return {
    created: named('made'),
    alreadyThere: named('already'),
    notCreated: named(undefined),
    ...(indexes.every((index) => progress.get(index) === 'already') && { already: true }),
  };
}
