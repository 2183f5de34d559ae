/**
 * The page's style: screen, light and dark, a phone's width, and paper. Every pair of text and ground has a contrast of
 * at least 4.5 to 1.
 *
 * @param simulated puts the word into the head of each printed page, so that a single sheet says it too.
 */
export function style(simulated: boolean): string {
  return `
:root { ${LIGHT} color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
${BASE}
${PIECES}
${TABLES}
${TIMELINE}
${NARROW}
${paper(simulated)}
`;
}

const LIGHT = `
  --ground: #ffffff; --raised: #f5f6f8; --ink: #1b2330; --soft: #566173; --line: #dde1e7; --accent: #2b5c8a;
  --good: #17663a; --bad: #a3241c; --doubt: #7d5200; --code: #2d3a4d;`;

const DARK = `
  --ground: #11151b; --raised: #1a2029; --ink: #e5e9ef; --soft: #a2adbb; --line: #2d3643; --accent: #7fb0e0;
  --good: #74cb9b; --bad: #ff9d92; --doubt: #e6bd63; --code: #c9d4e2;`;

const BASE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
main, footer { max-width: 52rem; margin: 0 auto; padding: 0 1.5rem; }
main { padding-top: 3.5rem; }
h1 { margin: 0; font-size: clamp(1.5rem, 1.1rem + 1.9vw, 2.15rem); line-height: 1.25; font-weight: 600; letter-spacing: -.012em; text-wrap: balance; }
h2 { margin: 0 0 1.1rem; font-size: 1.2rem; line-height: 1.3; font-weight: 600; letter-spacing: -.005em; }
h3 { margin: 2rem 0 .7rem; font-size: 1rem; line-height: 1.35; font-weight: 600; }
p { margin: 0 0 .8rem; }
section { margin-top: 3.25rem; padding-top: 1.75rem; border-top: 1px solid var(--line); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; color: var(--code); }
pre { margin: 0; padding: 1.1rem 1.25rem; background: var(--raised); border-radius: 6px; font-size: .82rem; line-height: 1.6; white-space: pre-wrap; tab-size: 2; }
pre code { font-size: 1em; }
time, .quantity, .timeline text { font-variant-numeric: tabular-nums; }
.quantity { white-space: nowrap; }
footer { margin-top: 3.25rem; padding-top: 1.25rem; padding-bottom: 3rem; color: var(--soft); font-size: .85rem; }`;

const PIECES = `
.kicker { margin: 0 0 1.4rem; color: var(--soft); font-size: .9rem; }
.kicker span { margin: 0 .3em; }
.outcome { margin: 0 0 1rem; }
.outcome .badge { display: inline-block; padding: .2rem .85rem .25rem .6rem; border: 1.5px solid currentColor; border-radius: 4px; }
.description { margin: .9rem 0 0; color: var(--soft); font-size: 1.05rem; }
.badge { font-weight: 600; white-space: nowrap; color: var(--ink); }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.doubt { color: var(--doubt); } .badge.plain { color: var(--soft); }
.symbol { display: inline-block; width: 1.1em; font-weight: 700; }
.notice { margin: 1.6rem 0 0; padding: 1rem 1.25rem; background: var(--raised); border-left: 4px solid var(--soft); border-radius: 0 6px 6px 0; }
.notice p:last-child { margin: 0; }
.notice .facts { margin: 0; }
.notice.failure { border-left-color: var(--bad); }
.notice.simulation { margin: 0 0 2rem; border: 2px dashed var(--doubt); border-radius: 6px; }
.masthead > .facts { margin-top: 1.8rem; }
.facts { margin: 1.1rem 0 0; }
.facts + p { margin-top: 1.1rem; }
.facts > div { display: grid; grid-template-columns: 13rem 1fr; gap: 0 1.25rem; padding: .3rem 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; }
.route { display: grid; grid-template-columns: 1fr auto 1fr; gap: 0 1.5rem; align-items: center; padding: 1.1rem 1.25rem; background: var(--raised); border-radius: 6px; }
.route p { margin: 0; }
.role, .project { color: var(--soft); font-size: .85rem; }
.cluster { font-size: 1.2rem; font-weight: 600; line-height: 1.4; }
.arrow { color: var(--soft); font-size: 1.5rem; }
.rules { margin: 1.6rem 0 0; }
.rules + .facts { margin-top: .4rem; }
.tally, .none, .rules { color: var(--soft); }
.stop-length { font-size: 1.05rem; }
.stop-length strong { font-size: 1.3rem; font-weight: 600; }
.asked { font-size: 1.05rem; }
.approval > .facts { margin: .4rem 0 1.2rem; }
.approval + .approval { margin-top: 2.5rem; }
.run-phase { margin-right: 1.1rem; }
.rollback.urgent { margin-top: 2.5rem; padding: 0 1.25rem 1.25rem; border: 2px solid var(--bad); border-radius: 6px; }
.rollback.urgent section { margin-top: 0; padding-top: 1.1rem; border-top: 0; }`;

const TABLES = `
table { width: 100%; border-collapse: collapse; text-align: left; }
th, td { padding: .7rem 1rem .7rem 0; vertical-align: baseline; font-weight: inherit; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { padding-top: 0; padding-bottom: .45rem; color: var(--soft); font-size: .82rem; }
tbody th { font-weight: 600; }
.meaning { display: block; color: var(--soft); font-weight: 400; font-size: .88rem; }
.exported { margin: 1.6rem 0 .9rem; }
.readings { width: auto; }
.readings th, .readings td { padding: .3rem 2.5rem .3rem 0; }
.objectives { table-layout: fixed; }
.objectives thead th:nth-child(1) { width: 43%; }
.objectives thead th:nth-child(2) { width: 13%; }
.objectives .achieved { font-size: 1.3rem; font-weight: 600; line-height: 1.2; }
.margin { display: block; color: var(--soft); font-size: .88rem; }
.results { table-layout: fixed; }
.results thead th:nth-child(1) { width: 8rem; }
.results thead th:nth-child(2) { width: 14.5rem; }
.evidence { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .2rem 0 0; font-size: .86rem; }
.evidence dt, .evidence dd { display: inline; margin: 0; }
.evidence dt { margin-right: .3em; color: var(--soft); }
.events { table-layout: fixed; font-size: .92rem; }
.events th { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
.events thead th:nth-child(1) { width: 3rem; }
.events thead th:nth-child(2) { width: 14rem; }
.events thead th:nth-child(4) { width: 8rem; }
.events time { white-space: nowrap; }
.offset { display: block; color: var(--soft); font-size: .9em; }
.offset::before { content: "+ "; }
.events .what .message { display: block; }
.events .type { color: var(--soft); }
.events .hash { color: var(--soft); }`;

const TIMELINE = `
figure { margin: 0 0 2rem; }
figcaption { margin-top: .5rem; color: var(--soft); font-size: .85rem; }
.timeline { display: block; overflow: visible; }
.timeline text { fill: var(--ink); font-size: 14px; stroke: var(--ground); stroke-width: 5px; stroke-linejoin: round; paint-order: stroke; }
.timeline .length, .timeline .tick { fill: var(--soft); }
.timeline .tick { font-size: 12px; }
.timeline .grid { stroke: var(--line); stroke-width: 1; }
.timeline .track { fill: var(--raised); }
.timeline .bar { fill: var(--accent); }
.timeline .bar.open { fill-opacity: .35; stroke: var(--accent); stroke-width: 1; stroke-dasharray: 4 3; }
.timeline .start { stroke: var(--accent); stroke-width: 2; }
.timeline .event { stroke: var(--ink); stroke-width: 1.5; }
.timeline .mark { font-size: 13px; }
.timeline .stop, .timeline .band { fill: var(--doubt); }
.timeline .stop.open { fill-opacity: .35; stroke: var(--doubt); stroke-width: 1; stroke-dasharray: 4 3; }
.timeline .band { fill-opacity: .22; }
.timeline .band-start { stroke: var(--doubt); stroke-width: 1.5; }`;

/** On a phone a table becomes a list of its rows, and each cell says its own heading where the row does not. */
const NARROW = `
@media (max-width: 40rem) {
  main, footer { padding-left: 1.1rem; padding-right: 1.1rem; }
  main { padding-top: 1.75rem; }
  section { margin-top: 2.25rem; padding-top: 1.4rem; }
  .facts > div { grid-template-columns: 1fr; padding: .4rem 0; }
  .facts dt { font-size: .85rem; }
  .route { grid-template-columns: 1fr; gap: .4rem; }
  .arrow { transform: rotate(90deg); width: 1em; text-align: center; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: grid; padding: .8rem 0; border-bottom: 1px solid var(--line); }
  tbody tr:last-child { border-bottom: 0; }
  tbody th, tbody td { display: block; width: auto; padding: 0; border: 0; }
  .objectives tr, .phases tr, .exported tr { grid-template-columns: 6rem 1fr; gap: .25rem .75rem; align-items: baseline; }
  .objectives th, .phases th, .exported th { grid-column: 1 / -1; }
  [data-label] { display: grid !important; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: baseline; }
  [data-label]::before { content: attr(data-label); color: var(--soft); font-size: .85rem; font-weight: 400; }
  [data-label] > .margin { grid-column: 2; }
  .results tr { gap: .2rem; }
  .readings tr { grid-template-columns: 1fr auto; padding: .25rem 0; }
  .events tr { grid-template-columns: 2.2rem 1fr; gap: .15rem 0; }
  .events th { grid-row: 1 / span 3; }
  .events tbody td { grid-column: 2; }
  .offset { display: inline; margin-left: .5em; }
}`;

function paper(simulated: boolean): string {
  const head = simulated
    ? `@top-center { content: "Simulation. Proves nothing about a real cluster."; font: 600 8pt system-ui, sans-serif; color: #000; }`
    : '';
  return `
@page {
  margin: 18mm 16mm 20mm;
  ${head}
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #444; }
}
@media print {
  :root { ${LIGHT} color-scheme: light; --raised: #f1f2f4; --line: #b9bfc8; --soft: #444c59; }
  html { font-size: 10pt; }
  body { line-height: 1.45; }
  main, footer { max-width: none; padding: 0; }
  section { margin-top: 1.9rem; padding-top: 1rem; }
  h1 { font-size: 18pt; }
  h2 { font-size: 12.5pt; break-after: avoid; }
  h3 { font-size: 10.5pt; break-after: avoid; }
  pre { border: 1px solid var(--line); background: none; font-size: 8.5pt; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  .route, .notice { border: 1px solid var(--line); background: none; }
  .notice.failure { border-left: 4px solid var(--bad); }
  .rollback.urgent { border: 2px solid var(--bad); padding: 0 10pt 10pt; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  .notice.simulation { border: 2px dashed var(--doubt); }
  .timeline .track { stroke: var(--line); stroke-width: .5; }
  thead { display: table-header-group; }
  tr, figure, .route, .notice, .facts > div { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
}`;
}
