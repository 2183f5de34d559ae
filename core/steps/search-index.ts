import * as z from 'zod';
import { mayHaveTakenEffect } from '../atlas/errors.ts';
import { LifeboatError } from '../errors.ts';
import { clusterName } from '../runbooks/cluster.ts';
import { plainLine } from '../runbooks/fields.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { type Change, createUnlessThere } from './shared/already.ts';
import { listed } from './shared/listed.ts';
import { onTarget } from './shared/on-target.ts';

const analyzerName = z
  .string()
  .regex(/^lucene\.[a-z]+$/, 'is not an analyzer that Atlas brings along, such as lucene.standard');

const label = plainLine.min(1, 'is empty');

/**
 * A path relative to the runbook: no address, drive or backslash, and no control character. Whether `..` may lead out of the
 * runbook's folder is for whoever reads the file: it may on one machine, where the folder is its user's own.
 */
export const RELATIVE_PATH = /^(?!\/|[a-zA-Z][a-zA-Z0-9+.-]*:)[^\\\p{Cc}]+$/u;

/** A part of an index definition that Atlas reads and Lifeboat hands on as it is. */
const definition = z.record(z.string(), z.unknown());

const ONLY_SEARCH = ['analyzer', 'searchAnalyzer', 'analyzers', 'mappings', 'synonyms'] as const;

const definitionOfIndex = z
  .strictObject({
    database: label.describe('Database of the collection'),
    collectionName: label.describe('Collection to index'),
    name: label.describe('Name of the index, unique in its collection'),
    type: z
      .enum(['search', 'vectorSearch'])
      .default('search')
      .describe('search: words; vectorSearch: vectors'),
    numPartitions: z
      .literal([1, 2, 4], 'must be 1, 2 or 4')
      .optional()
      .describe('How many parts the index is cut into'),
    analyzer: analyzerName.optional().describe('How text becomes words, such as lucene.standard'),
    searchAnalyzer: analyzerName.optional().describe('How the words of a query are read'),
    analyzers: z.array(definition).optional().describe('Analyzers of your own'),
    mappings: definition.optional().describe('Which fields are indexed: dynamic: true, or fields'),
    storedSource: z
      .union([z.boolean(), definition])
      .optional()
      .describe('Fields kept beside the index: include or exclude'),
    synonyms: z.array(definition).optional().describe('Collections that hold synonyms'),
    fields: z.array(definition).optional().describe('The fields of a vectorSearch index'),
  })
  .superRefine((index, context) => {
    const misplaced = index.type === 'search' ? (['fields'] as const) : ONLY_SEARCH;
    for (const key of misplaced) {
      if (index[key] === undefined) continue;
      const message = `is not for an index of type ${index.type}`;
      context.addIssue({ code: 'custom', path: [key], message });
    }
    if (index.type === 'vectorSearch' && index.fields === undefined)
      context.addIssue({
        code: 'custom',
        path: ['fields'],
        message: 'is missing: a vectorSearch index needs its fields',
      });
  });

const indexList = z
  .array(definitionOfIndex)
  .min(1, 'must not be empty')
  .superRefine((indexes, context) => {
    const names = indexes.map(indexName);
    for (const [position, name] of names.entries()) {
      if (names.indexOf(name) === position) continue;
      context.addIssue({ code: 'custom', path: [position, 'name'], message: `is listed twice: ${name}` });
    }
  })
  .describe('The indexes, with the keys of the Atlas Admin API');

const settings = z
  .strictObject({
    indexes: indexList.optional(),
    file: z
      .string()
      .min(1, 'is empty')
      .max(500)
      .regex(RELATIVE_PATH, 'is not a path relative to the runbook, with / between folders')
      .optional()
      .describe('JSON or YAML file that holds the list of indexes instead; a path relative to the runbook'),
  })
  .refine(({ indexes, file }) => (indexes === undefined) !== (file === undefined), {
    error: 'needs exactly one of indexes and file',
  })
  // The parser puts the content of the file here before it checks; see in-files.ts.
  .transform(({ indexes = [] }) => ({ indexes }));

/** One search index, as Atlas takes it. */
export type SearchIndexDefinition = z.output<typeof definitionOfIndex>;

/** What a `search-index` step is given. */
export type SearchIndexWith = z.output<typeof settings>;

/** `database.collection/index`, the name under which people find an index. */
export function indexName(
  index: Pick<SearchIndexDefinition, 'database' | 'collectionName' | 'name'>,
): string {
  return `${index.database}.${index.collectionName}/${index.name}`;
}

type Progress = ReadonlyMap<SearchIndexDefinition, Change>;

/**
 * Creates the search indexes that the restored cluster lacks, one after the other. One that is there is left as it is, so a
 * list that was cut short can be sent again from its start.
 *
 * Doc: create-one-atlas-search-index-deprecated.
 */
export const searchIndex: StepKind<SearchIndexWith> = {
  use: 'search-index',
  stages: ['after'],
  effect: 'change',
  destroys: false,
  operations: { createClusterFtsIndex: ['Project Search Index Editor'] },
  with: settings,
  summary: ({ indexes }, { target }) =>
    `Create the search indexes ${indexes.map(indexName).join(', ')} on ${target?.cluster ?? 'the target'}, where they lack`,

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
