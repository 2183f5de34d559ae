import type { RestoreTold } from './backups.ts';

/** The fields of a restore job in Atlas that say what it was asked for, flat. */
interface Fields {
  readonly delivery?: RestoreTold['delivery'];
  readonly snapshotId?: string | undefined;
  readonly utcSeconds?: number | undefined;
  readonly oplogSeconds?: number | undefined;
  readonly oplogIncrement?: number | undefined;
  readonly project?: string | undefined;
  readonly cluster?: string | undefined;
}

/** What a restore job says of its request. An empty text says as little as a missing one. */
export function told({ delivery, snapshotId, ...fields }: Fields): RestoreTold {
  const { utcSeconds, oplogSeconds, oplogIncrement, project, cluster } = fields;
  const pointInTime = stated({ utcSeconds, oplogSeconds, oplogIncrement });
  const target = stated({ project, cluster });
  return stated({
    delivery,
    snapshotId,
    pointInTime: Object.keys(pointInTime).length === 0 ? undefined : pointInTime,
    target: Object.keys(target).length === 0 ? undefined : target,
  });
}

type Stated<Fields> = { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function stated<Fields extends object>(fields: Fields): Stated<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as Stated<Fields>;
}
