import { describe, expect, it } from 'vitest';
import type { AtlasClient } from '../../../core/atlas/client.ts';
import type { TaskContext } from '../../../core/tasks/context.ts';
import { NEEDS, taskOf, type Need } from '../../../core/tasks/needs.ts';

const USES: Readonly<Record<Exclude<Need, 'wake'>, (context: TaskContext) => unknown>> = {
  atlas: ({ atlas }) => atlas.clusters,
  outbound: ({ outbound }) => outbound.secret('NAME'),
  reports: ({ reports }) => reports.put({} as Parameters<typeof reports.put>[0]),
  lists: ({ jobs }) => jobs.list({ by: 'all' }, { limit: 1 }),
};

/** A context that has everything. */
const everything = {
  atlas: { clusters: {} } as AtlasClient,
  outbound: { post: () => Promise.resolve({ status: 200 }), secret: () => Promise.resolve('value') },
  reports: { put: () => Promise.resolve('place'), place: () => 'place' },
  jobs: { list: () => Promise.resolve({ jobs: [] }) },
} as unknown as TaskContext;

const INPUT = { jobId: '01M803MRKRF7KPT9GWF2NGTVYH' };

function taskUsing(use: (context: TaskContext) => unknown, needs: readonly Need[]) {
  return taskOf('SomeTask', {
    needs,
    async run(input, context) {
      await use(context);
      return { jobId: input.jobId, next: 'go', waitSeconds: 0 };
    },
  });
}

describe.each(Object.entries(USES))('a task that uses %s', (need, use) => {
  it('fails when its row does not name it, even where it is there', async () => {
    const others = (Object.keys(NEEDS) as Need[]).filter((other) => other !== need);
    await expect(taskUsing(use, others)(INPUT, everything)).rejects.toThrow(
      `SomeTask uses ${need}, which its row in core/tasks.ts does not name.`,
    );
  });

  it('is given it when its row names it', async () => {
    await expect(taskUsing(use, [need as Need])(INPUT, everything)).resolves.toMatchObject({ next: 'go' });
  });
});

it('every task may know where a report will be', async () => {
  const asks = taskUsing(({ reports }) => reports.place('job'), []);
  await expect(asks(INPUT, everything)).resolves.toMatchObject({ next: 'go' });
});
