import * as z from 'zod';
import { sentence } from '../sentence.ts';
import type { FreezeEntry } from '../jobs/freeze.ts';
import { visible } from '../visible-text.ts';

/** What people and systems are notified with when an installation is frozen or unfrozen, as JSON. Every key is always there. */
export const freezeEvent = z.strictObject({
  version: z.literal(1).describe('Version of this format'),
  type: z
    .enum(['lifeboat.freeze.frozen', 'lifeboat.freeze.unfrozen'])
    .describe('Whether nothing new is changed from now on, or it is again'),
  id: z.string().describe('Unique, and the same when the message is repeated'),
  at: z.iso.datetime().describe('When it was done, ISO 8601, UTC'),
  text: z.string().describe('The same for a person, in one or two sentences'),
  by: z.string().describe('Who did it'),
  reason: z.string().nullable().describe('Why, in their words; null when they gave no reason'),
});

/** A message of version 1. */
export type FreezeEvent = z.output<typeof freezeEvent>;

/** The message about a freeze or an unfreeze. */
export function freezeEventOf({ act, at, by, reason }: FreezeEntry): FreezeEvent {
  const why = reason === null ? '' : `: ${reason}`;
  const text =
    act === 'freeze'
      ? `Lifeboat is frozen by ${sentence(`${by.who}${why}`)} Nothing new is changed until somebody unfreezes it.`
      : `Lifeboat is no longer frozen, by ${sentence(`${by.who}${why}`)}`;
  return {
    version: 1,
    type: act === 'freeze' ? 'lifeboat.freeze.frozen' : 'lifeboat.freeze.unfrozen',
    id: `${act}/${at}`,
    at,
    text: visible(text),
    by: by.who,
    reason,
  };
}
