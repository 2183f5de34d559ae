import { nightText, nightWorld } from '../../support/cutovers.ts';
import { runbookText, worldWith } from '../../support/rehearsal.ts';
import type { Scenario } from '../scenarios.ts';

/** What is killed for real: short, and nobody is asked. */
export const REAL_SCENARIOS: readonly Scenario[] = [
  {
    name: 'drill',
    text: runbookText(),
    world: worldWith({ name: 'orders-drill', restores: { fails: false, seconds: 100 } }),
    ends: 'passed',
    rival: { none: 'It is alone in its home.' },
  },
  {
    name: 'cutover',
    text: nightText({ maxWriteStop: '4h', approval: '' }),
    world: nightWorld({
      migration: { readyAfter: 30, cutoverSeconds: 60 },
      target: { onDemandSnapshots: { fails: false, seconds: 60 } },
    }),
    ends: 'passed',
    rival: { none: 'It is alone in its home.' },
  },
];
