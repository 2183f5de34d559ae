import { killsOf } from './samples.ts';
import { SCENARIOS } from './scenarios.ts';
import { testRuns } from './testing.ts';

testRuns(
  SCENARIOS.filter(({ text }) => !/^kind: (drill|restore)/m.test(text)),
  killsOf,
);
