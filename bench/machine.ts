import { arch, cpus, platform } from 'node:os';

/** What a benchmark ran on. Its name says nothing of whose it is. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly platform: string;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    node: process.version,
    platform: `${platform()} ${arch()}`,
  };
}

/** The machine in one line, for people. */
export function machineLine({ cpu, cores, node, platform: system }: Machine): string {
  return `${cpu}, ${cores} cores, Node ${node}, ${system}`;
}
