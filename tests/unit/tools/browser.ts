// browser.ts: the tools' HTML files in a headless Chromium, for tests. Without a browser such tests are skipped.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const PATHS = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const executablePath = PATHS.find(path => path !== '' && existsSync(path));

/** For node:test's `skip`: false, or why. */
export const noBrowser =
  executablePath === undefined ? 'there is no Chromium: install it, or name it in the variable CHROMIUM' : false;

/** Opens an HTML file, light and then dark; what the page writes to its console, and errors in it, fail the test. */
export async function withPage(html: string, look: (page: Page) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'], timeout: 120_000 });
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width: 1400, height: 800 }, colorScheme });
      // Where many tests share a slow machine.
      page.setDefaultTimeout(120_000);
      const said: string[] = [];
      page.on('console', message => said.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', error => said.push(`error: ${error.message}`));
      page.on('request', request => {
        if (!/^(file|data):/.test(request.url())) said.push(`asks for ${request.url()}`);
      });
      await page.goto(pathToFileURL(file).href);
      await look(page);
      if (said.length > 0) throw new Error(said.join('\n'));
      await page.close();
    }
  } finally {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
