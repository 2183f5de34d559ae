import { sampleOf } from './samples.ts';
import { SCENARIOS } from './scenarios.ts';
import { testRuns } from './testing.ts';

testRuns(SCENARIOS, sampleOf);
