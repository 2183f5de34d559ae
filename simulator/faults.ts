import { seededRandom } from '../core/random.ts';
import { hashHex } from './identifiers.ts';
import { z } from 'zod';
import { checkedFile } from './simulator-file.ts';

const share = z.number().min(0).max(1);
const count = z.int().min(0);

/** The name under which faults are put on the messages that jobs post. */
export const INBOX = 'inbox';

const faultRule = z
  .strictObject({
    operation: z.string().min(1),
    status: z.int().min(400).max(599).optional(),
    errorCode: z.string().min(1).optional(),
    afterEffect: z.boolean().optional(),
    delay: z.number().min(0).optional(),
    reset: z.boolean().optional(),
    lostReply: z.boolean().optional(),
    truncate: z.boolean().optional(),
    nonsense: z.boolean().optional(),
    retryAfter: count.optional(),
    count: count.optional(),
    probability: share.optional(),
    after: count.optional(),
  })
  .refine(
    (rule) => rule.status !== undefined || (rule.errorCode === undefined && rule.retryAfter === undefined),
    'errorCode and retryAfter need a status',
  );

const faultsFile = z.union([z.array(faultRule), z.strictObject({ rules: z.array(faultRule) })]);

/**
 * One rule of a faults file; of the rules that match a request, the first that fires decides.
 *
 * A faults file is a list of these, or `{ rules: [...] }`:
 *
 * - `operation`: an operationId, `oauthToken`, or `*` for every request to the API; `inbox` for what jobs post to systems
 *   of their users'.
 * - `status`, with `errorCode` (default `UNEXPECTED_ERROR`) and `retryAfter` in seconds: answer with this error,
 *   and leave the effect out unless `afterEffect` is true.
 * - `delay`: seconds of the simulator's clock to wait first.
 * - `reset`: cut the connection before anything is done.
 * - `lostReply`: cut it after everything is done.
 * - `truncate`: cut it in the middle of the reply.
 * - `nonsense`: do everything and answer 200 with a page that is not JSON.
 * - `after`: leave the first so many matching requests alone.
 * - `count`: fire so many times and no more.
 * - `probability`: fire in this share of the matching requests, drawn from the seed.
 */
export type FaultRule = z.infer<typeof faultRule>;

/** Decides which requests go wrong. */
export interface Faults {
  /** The rule that fires for this request, if one does. */
  next(operation: string): FaultRule | undefined;
}

/**
 * The faults of a file.
 *
 * @param content the parsed file; undefined makes no faults.
 * @throws SimulatorFileError with every mistake in it.
 */
export function parseFaults(content: unknown, seed: number): Faults {
  const file = content === undefined ? [] : checkedFile('faults', faultsFile, content);
  const rules = (Array.isArray(file) ? file : file.rules).map((rule) => ({ rule, seen: 0, fired: 0 }));
  const random = seededRandom(Number.parseInt(hashHex(`faults/${seed}`, 8), 16));
  return {
    next(operation) {
      for (const entry of rules) {
        const { rule } = entry;
        const isAny = rule.operation === '*' && operation !== INBOX;
        if (!isAny && rule.operation !== operation) continue;
        entry.seen += 1;
        if (entry.seen <= (rule.after ?? 0) || entry.fired >= (rule.count ?? Infinity)) continue;
        if (rule.probability !== undefined && random.next() >= rule.probability) continue;
        entry.fired += 1;
        return rule;
      }
      return undefined;
    },
  };
}
