import { z } from 'zod';
import { type Stage, STAGES } from '../../core/runbooks/steps/stages.ts';
import type { StepKind, StepLibrary } from '../../core/steps/protocol/step-kind.ts';
import type { RunbookStep } from '../../core/runbooks/steps/step-lists.ts';
import type { StepAnswer } from '../../core/steps/protocol/step-answer.ts';

/** What a step answers at each of its turns; an error is thrown, and the last turn repeats. */
type Turn = StepAnswer | Error | (() => StepAnswer);

/** How a step behaves: a check has `look` alone. */
export interface Script {
  readonly send?: readonly Turn[];
  readonly look?: readonly Turn[];
  /** Never sent again after an unclear answer. */
  readonly once?: true;
  readonly destroys?: true;
}

/** Kinds of steps that do as they are told, and the list of what they were asked. */
export interface PracticeSteps {
  readonly library: StepLibrary;
  /** `send NAME` and `look NAME`, in order. */
  readonly calls: string[];
}

const settings = z.strictObject({ script: z.string() });

/** How a kind of step is carried out. */
type Work = Pick<StepKind, 'once' | 'repeatable' | 'send' | 'look'>;

/** A library in which some kinds are carried out in another way. */
export function withWorks(library: StepLibrary, works: Readonly<Record<string, Work>>): StepLibrary {
  return new Map([...library].map(([use, kind]) => [use, { ...kind, ...works[use] }]));
}

/** Steps that play scripts, by the name of the step. */
export function practiceSteps(scripts: Readonly<Record<string, Script>>): PracticeSteps {
  const calls: string[] = [];
  const uses = Object.keys(scripts);
  const turn = (verb: 'send' | 'look', use: string): Promise<StepAnswer> => {
    calls.push(`${verb} ${use}`);
    const turns = scripts[use]?.[verb] ?? [];
    const played = calls.filter((call) => call === `${verb} ${use}`).length;
    const now = turns[Math.min(played, turns.length) - 1];
    if (now === undefined) throw new TypeError(`${use} has no turn for ${verb}`);
    if (now instanceof Error) throw now;
    return Promise.resolve(typeof now === 'function' ? now() : now);
  };
  const workOf = (use: string): Work => ({
    ...(scripts[use]?.once && { once: true }),
    ...(scripts[use]?.send && { send: async () => turn('send', use) }),
    ...(scripts[use]?.look && { look: async () => turn('look', use) }),
  });
  return {
    calls,
    library: new Map(uses.map((use) => [use, { ...kindOf(use, scripts[use] ?? {}), ...workOf(use) }])),
  };
}

function kindOf(use: string, { send, destroys }: Script): StepKind {
  return {
    use,
    stages: STAGES,
    effect: send === undefined ? 'check' : 'change',
    destroys: destroys === true && { what: 'what is practised on', name: () => use },
    operations: {},
    with: settings,
    summary: () => `Play ${use}`,
  };
}

/** A step of a runbook that plays the script of its name. */
export function practiceStep(name: string, changes: Partial<RunbookStep> = {}): RunbookStep {
  return { name, use: name, with: {}, onFailure: 'stop', timeout: 600, ...changes };
}

/** Steps of a runbook, by their lists; they may be of kinds that no runbook can hold. */
export type StagedSteps = Readonly<Partial<Record<Stage, RunbookStep[]>>>;

/** Answers, in short. */
export const done = (message = 'It is so.'): StepAnswer => ({ outcome: 'done', message });
export const failed = (message = 'It is not so.'): StepAnswer => ({ outcome: 'failed', message });
export const blind = (message = 'It could not be seen.'): StepAnswer => ({ outcome: 'unknown', message });
export const later = (waitSeconds: number, message = 'Not yet.'): StepAnswer => ({
  outcome: 'wait',
  message,
  waitSeconds,
});
