import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../../core/report/html.ts';
import { ALL_CASES } from './all-cases.ts';
import { failedGuard, failedRestore, inconclusive, stillRunning } from './cases.ts';
import { failedAfterCutover, simulatedCutover, unsettledCutover, waitingForPeople } from './cutover-cases.ts';
import { passedDrill, reportOf } from './fixtures.ts';
import { passedRun, runInProgress } from './pipeline-cases.ts';

const executable = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));
const absence =
  executable === undefined ? ' (skipped: no Chromium here; install it or set CHROMIUM_PATH)' : '';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

const KINDS_AND_OUTCOMES = [
  passedDrill,
  failedGuard,
  inconclusive,
  stillRunning,
  simulatedCutover,
  failedAfterCutover,
  unsettledCutover,
  waitingForPeople,
  passedRun,
  runInProgress,
];

const HOSTILE =
  '</script></pre><img src="http://198.51.100.1/x" onerror="document.title=1"><script>document.title=1</script>';

/** The texts whose contrast with the ground behind them is below 4.5 to 1, as the browser computes colours. Runs in the page. */
const WEAK_TEXTS = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor;
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => !['SCRIPT', 'title', 'desc'].includes(element.tagName))
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((element) => {
      const style = getComputedStyle(element);
      const ink = luminance(element instanceof SVGElement ? style.fill : style.color);
      const ground = luminance(groundOf(element));
      return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) < 4.5;
    })
    .map((element) => element.textContent);
})()`;

describe.skipIf(executable === undefined)(`the page in a real Chromium${absence}`, () => {
  let browser: Browser;
  let server: Server;
  let origin: string;
  let served = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(request.url === '/' ? served : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await chromium.launch({ executablePath: executable!, args: ARGUMENTS });
  });

  afterAll(async () => {
    await browser.close();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Opens a page and collects what should not happen: messages, errors and requests beside the page itself. */
  async function open(
    html: string,
    width: number,
    scheme: 'light' | 'dark',
  ): Promise<{ page: Page; faults: string[] }> {
    served = html;
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: scheme });
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== origin && !request.url().startsWith('data:'))
        faults.push(`request: ${request.url()}`);
    });
    page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
    await page.goto(origin, { waitUntil: 'load' });
    return { page, faults };
  }

  test.each(Object.entries(ALL_CASES))(
    '%s fits a phone of 360 pixels, without a fault',
    async (_name, make) => {
      const { page, faults } = await open(renderReport(reportOf(make())), 360, 'light');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(faults).toEqual([]);
      await page.close();
    },
  );

  test('words without a space in them do not widen the page', async () => {
    const report = reportOf(failedRestore());
    const long = 'x'.repeat(2000);
    const html = renderReport({
      ...report,
      runbook: { name: long, description: long, text: long },
      source: { project: long, cluster: long },
      failure: { ...report.failure!, message: long },
      guards: [{ name: long, outcome: 'unknown', message: long, evidence: { [long]: long } }],
      events: report.events.map((event) => ({ ...event, message: long, type: long })),
    });
    for (const width of [360, 1100]) {
      const { page } = await open(html, width, 'light');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await page.close();
    }
  });

  test.each(['light', 'dark'] as const)('every text stands out from its ground when %s', async (scheme) => {
    for (const make of KINDS_AND_OUTCOMES) {
      const { page, faults } = await open(renderReport(reportOf(make())), 1100, scheme);
      expect(await page.evaluate(WEAK_TEXTS)).toEqual([]);
      expect(faults).toEqual([]);
      await page.close();
    }
  });

  test('light and dark differ, and paper is white either way', async () => {
    const { page } = await open(renderReport(reportOf(passedDrill())), 1100, 'dark');
    const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const dark = await ground();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).not.toBe(dark);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await ground()).toBe('rgb(255, 255, 255)');
    expect(await page.evaluate(WEAK_TEXTS)).toEqual([]);
    await page.close();
  });

  test('puts a rollback procedure that may be needed onto the first sheet and the first screens', async () => {
    const { page } = await open(renderReport(reportOf(failedAfterCutover())), 1100, 'light');
    const heading = await page.locator('#rollback-heading').boundingBox();
    expect(heading?.y).toBeLessThan(1200);
    expect(await page.locator('#rollback pre').innerText()).toContain('Keep the shop off.');
    await page.close();
  });

  test.each([
    ['A4', passedDrill],
    ['Letter', passedDrill],
    ['A4', failedAfterCutover],
    ['A4', passedRun],
  ])('prints on %s: $name', async (format, make) => {
    const { page } = await open(renderReport(reportOf(make())), 1100, 'light');
    const pdf = (await page.pdf({ format })).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(sheets).toBeGreaterThanOrEqual(1);
    expect(sheets).toBeLessThanOrEqual(10);
    await page.close();
  });

  test('its facts can be read by a tool, its hostile words run nothing', async () => {
    const report = reportOf(failedRestore());
    const hostile = {
      ...report,
      runbook: { name: HOSTILE, description: HOSTILE, text: HOSTILE },
      failure: { ...report.failure!, message: HOSTILE },
      guards: [
        { name: HOSTILE, outcome: 'fail' as const, message: HOSTILE, evidence: { [HOSTILE]: HOSTILE } },
      ],
      events: report.events.map((event) => ({ ...event, message: HOSTILE })),
    };
    const { page, faults } = await open(renderReport(hostile), 1100, 'light');
    expect(faults).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('pre').innerText()).toBe(HOSTILE);
    expect(JSON.parse((await page.locator('#facts').textContent())!)).toEqual(hostile);
    await page.close();
  });

  test('the policy stops a script, should one ever get in', async () => {
    const tampered = renderReport(reportOf(passedDrill())).replace(
      '</body>',
      '<script>document.title = 1</script></body>',
    );
    const { page, faults } = await open(tampered, 1100, 'light');
    expect(await page.title()).toMatch(/^Drill passed/);
    expect(faults.join()).toContain('Content Security Policy');
    await page.close();
  });
});
