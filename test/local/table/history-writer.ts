import { writeSync } from 'node:fs';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { LifeboatError } from '../../../core/errors.ts';
import { openTable } from '../../../local/table/open-table.ts';

/**
 * A process of its own that appends to a job's timeline. Each acknowledged event is named on stdout at once, so that
 * who kills this process knows what must be there. Ends by itself: nothing here calls exit.
 */
const [home = '', jobId = '', name = '', count = '1', bytes = '10'] = process.argv.slice(2);

try {
  const table = await openTable({ home });
  const store = createJobStore(table);
  for (let nth = 1; nth <= Number(count); nth += 1) {
    const data = { padding: 'x'.repeat(Number(bytes)) };
    await store.append(jobId, {
      at: '2026-08-10T12:00:00.000Z',
      type: 'noted',
      message: `${name}-${nth}`,
      data,
    });
    writeSync(1, `${name}-${nth}\n`);
  }
  await table.close();
} catch (error) {
  if (!(error instanceof LifeboatError)) throw error;
  writeSync(1, `${error.name}: ${error.message}\n`);
  process.exitCode = 1;
}
