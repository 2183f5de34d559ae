import { counted } from '../human.ts';
import type { Report } from '../report.ts';
import { badge, code, facts, instant, section } from './pieces.ts';
import { html, type Html } from './template.ts';

/** How a reader who trusts nobody can tell whether this page still says what the record says. */
export function integrity({ chain, jobId, generatedAt }: Report): Html {
  return section(
    'integrity',
    'Integrity',
    html`<p>
      Each event carries the SHA-256 hash of the one before it, so a change to any of them changes the last
      hash. Keep that hash, or this page, where the history is not. The chain was checked at
      ${instant(generatedAt)}, when this report was made.
    </p>`,
    facts([
      ['Chain', chain.fault === null ? badge('good', 'Intact') : broken(chain.fault)],
      ['Length', counted(chain.count, 'event')],
      ['Last hash', chain.lastHash === null ? 'none' : code(chain.lastHash)],
      ['To verify', code(`lifeboat jobs verify ${jobId}`)],
    ]),
    html`<p>
      The command reads the history again and recomputes every hash.
      ${chain.count === 0 ? null : `Event ${chain.count} must then carry the hash above; events that were added later follow it.`}
    </p>`,
  );
}

function broken({ reason }: NonNullable<Report['chain']['fault']>): Html {
  return html`${badge('bad', 'Broken')}. ${reason}`;
}
