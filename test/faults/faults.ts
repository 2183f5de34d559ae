import type { Delivery } from './stage/deliveries.ts';
import type { Effect, EffectKind } from './stage/effects.ts';
import type { Process } from './stage/process.ts';

/** What a fault can lay hands on. */
export interface Scene {
  readonly process: Process;
  /** The delivery of a task that the effect is of. */
  readonly delivery: Delivery | undefined;
  /** How many effects it has struck before this one. */
  readonly struck: number;
  /** Lets so many seconds go by. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Does something later, whatever becomes of the process. */
  readonly later: (seconds: number, act: () => Promise<unknown>) => void;
  /** Lets another process run the job to its end. */
  readonly overtake: () => Promise<void>;
  /** Lets a job that wants the same target run until Atlas works for it; it goes on when this job has ended. */
  readonly letRivalIn: () => Promise<void>;
}

/** Something that goes wrong at a point. */
export interface Fault {
  readonly name: string;
  /** One clause, for people. */
  readonly says: string;
  /** For each kind of effect: it strikes there, or why it makes no sense there. */
  readonly at: Readonly<Record<EffectKind, 'strikes' | { readonly no: string }>>;
  /** Operations that it makes no sense at. */
  readonly except?: readonly string[];
  /** It goes on striking for so many seconds, or effects, after the point. */
  readonly lasts?: { readonly seconds: number } | { readonly effects: number };
  /** The point is a whole delivery: one of its effects stands for all of them. */
  readonly whole?: true;
  /** A delivery may be held up for longer than its job takes, and go on after its end. */
  readonly holdsUp?: true;
  /** How the job ends: as without the fault, or somehow. */
  readonly ends: 'as without it' | 'somehow';
  strike<T>(effect: Effect<T>, scene: Scene): Promise<T>;
}

const yes = 'strikes';
const EVERYWHERE = { change: yes, write: yes, report: yes, post: yes, read: yes } as const;
const NOT_READS = {
  ...EVERYWHERE,
  read: { no: 'A read leaves nothing behind: it is the same as at the effect before it.' },
} as const;
const OURS = { no: 'That is what Atlas does; this is kept by Lifeboat itself.' } as const;
const RECEIVER = { no: 'Of what a receiver answers, the status alone is read.' } as const;
const ON_THE_WAY = { change: yes, read: yes, write: OURS, report: OURS, post: yes } as const;
const FROM_ATLAS = { ...ON_THE_WAY, post: RECEIVER } as const;
const NO_DISK = { no: 'Nothing of it is kept on a disk of ours.' } as const;
const HALF_AN_HOUR = 1800;
/** The lease lapses three of the longest waits after it was taken. */
const PAST_THE_LEASE = 1000;

const atlasDown = (status: number, name: string, says: string, seconds: number): Fault => ({
  name,
  says,
  at: ON_THE_WAY,
  lasts: { seconds },
  ends: 'as without it',
  strike: (effect) => Promise.resolve(answerOf(effect, status, '{}')),
});

/** Everything that goes wrong at points, in the order of docs/reliability.md. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'killed-before',
    says: 'the process dies just before the effect, and another resumes the job',
    at: NOT_READS,
    ends: 'as without it',
    strike: (_effect, { process }) => process.die(),
  },
  {
    name: 'killed-after',
    says: 'the process dies just after the effect, before it knows of it, and another resumes the job',
    at: NOT_READS,
    ends: 'as without it',
    async strike(effect, { process }) {
      await effect.perform();
      return process.die();
    },
  },
  {
    name: 'delivered-again',
    says: 'the task that makes the effect is delivered once more after it has ended',
    at: NOT_READS,
    whole: true,
    ends: 'as without it',
    strike(effect, { delivery }) {
      if (delivery !== undefined) delivery.repeat = true;
      return effect.perform();
    },
  },
  {
    name: 'delivered-at-once',
    says: 'the task is delivered a second time while the first delivery stands before the effect, and ends first',
    at: EVERYWHERE,
    ends: 'as without it',
    async strike(effect, { delivery }) {
      await delivery?.again();
      return effect.perform();
    },
  },
  {
    name: 'reply-late',
    says: 'the reply to the effect comes after a second delivery of the task has ended',
    at: NOT_READS,
    ends: 'as without it',
    async strike(effect, { delivery }) {
      const result = await settled(effect.perform());
      await delivery?.again();
      return result();
    },
  },
  {
    name: 'overtaken',
    says: 'the process is held up after the effect, another carries the job to its end, and then the first goes on',
    at: NOT_READS,
    holdsUp: true,
    ends: 'as without it',
    async strike(effect, { process, overtake }) {
      const result = await settled(effect.perform());
      await process.freeze(overtake);
      return result();
    },
  },
  {
    name: 'lease-lapsed',
    says: 'the process is held up after the effect until its lease has lapsed and a rival works on the target, and then goes on',
    at: NOT_READS,
    holdsUp: true,
    ends: 'somehow',
    async strike(effect, { process, sleep, letRivalIn }) {
      const result = await settled(effect.perform());
      await process.freeze(async () => {
        await sleep(PAST_THE_LEASE);
        await letRivalIn();
      });
      return result();
    },
  },
  {
    name: 'request-lost',
    says: 'the connection is cut before the effect, and no answer comes',
    at: EVERYWHERE,
    ends: 'as without it',
    strike: (effect) => effect.unanswered(),
  },
  {
    name: 'reply-lost',
    says: 'the connection is cut after the effect, and no answer comes',
    at: NOT_READS,
    ends: 'as without it',
    async strike(effect) {
      await settled(effect.perform());
      return effect.unanswered();
    },
  },
  {
    name: 'request-late',
    says: 'no answer comes, and the request arrives 115 s after it was sent',
    at: {
      ...NOT_READS,
      write: { no: 'A request to the table that takes seconds is given up; the simulation has late ones.' },
      report: { no: 'It is written by the process itself.' },
      post: { no: 'A message is given up after 10 s.' },
    },
    ends: 'as without it',
    async strike(effect, { later, sleep }) {
      later(115, () => effect.perform());
      await sleep(60);
      return effect.unanswered();
    },
  },
  {
    name: 'resets',
    says: 'every connection is cut for a minute',
    at: EVERYWHERE,
    lasts: { seconds: 60 },
    ends: 'as without it',
    strike: (effect) => effect.unanswered(),
  },
  atlasDown(429, 'storm-of-429', 'everything is answered with 429 for two minutes', 120),
  atlasDown(
    500,
    'storm-of-500',
    'everything is answered with 500 for a minute, and nothing is carried out',
    60,
  ),
  {
    name: 'error-after-effect',
    says: 'the effect is carried out and answered with 500',
    at: { ...ON_THE_WAY, read: { no: 'A read has no effect.' } },
    ends: 'as without it',
    async strike(effect) {
      await effect.perform();
      return answerOf(effect, 500, '{}');
    },
  },
  {
    name: 'trickle',
    says: 'the reply takes longer than the client waits, and the five after it take 40 s each',
    at: ON_THE_WAY,
    lasts: { effects: 5 },
    holdsUp: true,
    ends: 'as without it',
    async strike(effect, { sleep, struck }) {
      const result = await effect.perform();
      await sleep(struck === 0 ? 60 : 40);
      return struck === 0 ? effect.unanswered() : result;
    },
  },
  {
    name: 'truncated',
    says: 'the reply breaks off in the middle',
    at: FROM_ATLAS,
    ends: 'as without it',
    async strike(effect) {
      const result = await effect.perform();
      return effect.brokenOff === undefined ? result : effect.brokenOff(result);
    },
  },
  {
    name: 'malformed',
    says: 'the reply is 200 with a page that is no JSON',
    at: FROM_ATLAS,
    ends: 'somehow',
    async strike(effect) {
      await effect.perform();
      return answerOf(effect, 200, '<html><body>We will be back soon</body></html>');
    },
  },
  {
    name: 'token-expired',
    says: 'the token has expired, and the request is answered with 401',
    at: { ...FROM_ATLAS, post: { no: 'A receiver takes no token of ours.' } },
    except: ['oauthToken'],
    ends: 'as without it',
    strike: (effect) => Promise.resolve(answerOf(effect, 401, '{}')),
  },
  ...[
    { name: 'clock-back', says: 'back', seconds: -HALF_AN_HOUR },
    { name: 'clock-forward', says: 'forward', seconds: HALF_AN_HOUR },
  ].map(({ name, says, seconds }): Fault => ({
    name,
    says: `the clock of the machine steps ${says} by half an hour after the effect`,
    at: NOT_READS,
    ends: 'somehow',
    async strike(effect, { process }) {
      const result = await settled(effect.perform());
      process.ahead += seconds * 1000;
      return result();
    },
  })),
  {
    name: 'disk-full',
    says: 'the disk is full, and has room again after three writes',
    at: { change: NO_DISK, post: NO_DISK, read: NO_DISK, write: yes, report: yes },
    lasts: { effects: 3 },
    ends: 'as without it',
    strike: (effect) => effect.full?.() ?? effect.perform(),
  },
];

/** The fault of a name. */
export function faultOf(name: string): Fault {
  const found = FAULTS.find((fault) => fault.name === name);
  if (found === undefined) throw new TypeError(`There is no fault ${name}.`);
  return found;
}

/** What came of an effect, to be told later. */
async function settled<T>(work: Promise<T>): Promise<() => Promise<T>> {
  const [outcome] = await Promise.allSettled([work]);
  return () =>
    outcome.status === 'fulfilled' ? Promise.resolve(outcome.value) : Promise.reject(outcome.reason as Error);
}

function answerOf<T>({ answered, name }: Effect<T>, status: number, body: string): T {
  if (answered === undefined) throw new TypeError(`${name} has no answers.`);
  return answered(status, body);
}
