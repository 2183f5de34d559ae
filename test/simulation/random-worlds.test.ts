import { playsRandomWorlds } from './random-worlds.ts';

// The other half is in more-random-worlds.test.ts, so that two of vitest's workers share them.
playsRandomWorlds(1000, 20_260_810);
