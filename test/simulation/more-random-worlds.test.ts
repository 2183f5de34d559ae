import { playsRandomWorlds } from './random-worlds.ts';

// Like random-worlds.test.ts, with worlds of its own.
playsRandomWorlds(1000, 20_270_810);
