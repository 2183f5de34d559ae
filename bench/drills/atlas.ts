import { scaledClock } from '../../local/scaled-clock.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { worldFor } from './world.ts';

// A simulated Atlas in a process of its own, as Atlas is elsewhere: its memory and its work don't count as Lifeboat's.
const [drills = '1', speed = '60'] = process.argv.slice(2);
const simulator = await startSimulator({
  clock: scaledClock(Number(speed), Date.now()),
  seed: 1,
  speed: Number(speed),
  world: worldFor(Number(drills)),
});
process.on('disconnect', () => process.exit());
process.send?.({ baseUrl: simulator.baseUrl, credentials: simulator.credentials });
