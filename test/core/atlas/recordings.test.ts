import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../core/atlas/operation.ts';
import { pageSchema } from '../../../core/atlas/pages.ts';
import { redactor } from '../../../core/atlas/redact.ts';
import { readReply, refusal } from '../../../core/atlas/reply.ts';
import { RESOURCES } from '../../../core/atlas/resources.ts';

const FOLDER = '../shared/atlas/recordings';
const present = existsSync(FOLDER);
if (!present) console.info(`Skipping real replies: ${FOLDER} is absent.`);

interface Recorded {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const operations: Operation[] = Object.values(RESOURCES).flatMap((resource) =>
  Object.values<Operation>(resource),
);

/** The operation that a recorded request was for; of two that fit, the one with fewer parameters in its path. */
function operationFor({ method, path }: Recorded): Operation | undefined {
  const bare = path.split('?')[0]!;
  return operations
    .filter(
      (one) => one.method === method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
    )
    .sort((one, other) => one.path.split('{').length - other.path.split('{').length)[0];
}

describe.skipIf(!present)('what Atlas really answered', () => {
  const recorded = present
    ? readdirSync(FOLDER).flatMap(
        (file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Recorded[],
      )
    : [];
  const known = recorded.flatMap((one) => {
    const operation = operationFor(one);
    return operation === undefined
      ? []
      : [{ one, operation, title: `${one.method} ${one.path} ${one.status}` }];
  });
  const callOf = (operation: Operation) => ({
    operation: operation.operationId,
    effect: operation.effect,
    roles: operation.roles,
    label: operation.operationId,
  });
  const reply = (one: Recorded) =>
    ({
      kind: 'reply',
      status: one.status,
      headers: one.headers,
      body: one.body === null ? '' : JSON.stringify(one.body),
    }) as const;

  it('covers both kinds of cluster, their snapshots and their restores', () => {
    const ids = new Set(known.map(({ operation }) => operation.operationId));
    for (const id of [
      'getCluster',
      'getFlexCluster',
      'takeSnapshots',
      'getClusterBackupSnapshot',
      'createBackupRestoreJob',
    ]) {
      expect(ids).toContain(id);
    }
    for (const id of [
      'getBackupRestoreJob',
      'listBackupRestoreJobs',
      'createFlexRestoreJob',
      'getFlexRestoreJob',
    ]) {
      expect(ids).toContain(id);
    }
  });

  it.each(known.filter(({ one }) => one.status < 300))('is read: $title', ({ one, operation }) => {
    const schema = operation.shape === 'one' ? operation.reply : pageSchema(operation);
    const read = readReply(callOf(operation), reply(one), schema);
    if (operation.method !== 'DELETE') expect(read).toMatchObject(withoutNulls(one.body) as object);
  });

  it.each(known.filter(({ one }) => one.status >= 400))('is understood: $title', ({ one, operation }) => {
    const error = refusal(
      callOf(operation),
      reply(one),
      redactor(() => []),
    );
    const { errorCode, detail, parameters } = one.body as Record<string, unknown>;
    expect(error).toMatchObject({ name: 'AtlasError', status: one.status, errorCode, detail, parameters });
  });
});

/** What is null in Atlas's answer is undefined to us where we know the field, so it is not compared. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  );
}
