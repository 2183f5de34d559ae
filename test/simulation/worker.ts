import { openEngines } from './engines.ts';
import { playBatch } from './play-batch.ts';

// A process that workers.ts starts. It is told seeds, and answers with what came of the batch of each.
const engines = openEngines();
process.on('message', (seed: number) => void answer(seed));

async function answer(seed: number): Promise<void> {
  process.send?.(await playBatch(seed, engines));
}
