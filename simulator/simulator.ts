import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { openPracticeAtlas, type PracticeOptions, type PracticeRecords } from './practice-atlas.ts';
import { httpServer } from './server.ts';

/** How to start an Atlas to practise on. */
export interface SimulatorOptions extends PracticeOptions {
  /** TCP port on 127.0.0.1; 0 or absent takes a free one. */
  readonly port?: number;
}

/** A running simulator. */
export interface Simulator extends PracticeRecords {
  /** Where it listens, for example `http://127.0.0.1:49152`. */
  readonly baseUrl: string;
  /** Stops listening and cuts open connections. */
  close(): Promise<void>;
}

/**
 * Starts a simulated Atlas on 127.0.0.1.
 *
 * With a `statePath` whose file exists, the world goes on from there and `world` and `seed` are what they were;
 * start the clock no earlier than `savedInstant` says.
 *
 * @throws SimulatorFileError when a world, faults or state file cannot be used.
 * @throws the error of `node:net` when the port is taken, or of `node:fs` when the state cannot be written.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  let baseUrl = '';
  const atlas = openPracticeAtlas(options, () => baseUrl);
  const server = httpServer((incoming) => atlas.answer(incoming));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...atlas,
    baseUrl,
    async close() {
      atlas.close();
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await closed;
    },
  };
}
