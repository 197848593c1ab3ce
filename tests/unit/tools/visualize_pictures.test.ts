// The visualizer's HTML files in a browser: linked columns light up, nothing is said on the console.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { readPyc } from '../../../src/tools/versions/pyc_file.ts';
import { comparePlacesOf } from '../../../src/tools/visualize/compare.ts';
import { comparisonPage } from '../../../src/tools/visualize/compare_page.ts';
import { grids } from '../../../src/tools/visualize/grid.ts';
import { makeReport } from '../../../src/tools/visualize/report.ts';
import { reportPage } from '../../../src/tools/visualize/report_page.ts';
import { places, readUnit, select } from '../../../src/tools/visualize/unit.ts';
import { noBrowser, withPage } from './browser.ts';
import { recordedFiles } from './recorded.ts';

const SOURCE = `def total(items, rate=2):
    out = 0
    for item in items:
        if item.price > 100:
            continue
        out += item.price * rate
    return out

def other(): return '<&>'
`;

const lit = (page: Page, column: string): Promise<string[]> => page.locator(`${column} .lit`).allInnerTexts();

test('a report: pointing at one column lights up the others', { skip: noBrowser }, async () => {
  const unit = readUnit(new TextEncoder().encode(SOURCE), 'shop.py', {});
  await withPage(reportPage(makeReport(unit, select(unit, null))), async page => {
    await page.selectOption('#function', { label: 'total' });
    const code = page.locator('.code .row');
    await code.filter({ hasText: 'BINARY_OP' }).filter({ hasText: '*' }).first().hover();
    assert.deepEqual((await lit(page, '.source')).join(''), 'item.price * rate');
    assert.match((await lit(page, '.tree')).join(), /value BinOp Mult/);
    assert.equal(await page.locator('.graph .lit').count(), 1);
    assert.equal(await page.locator('.graph g.some').count(), 1);

    // A piece of the source lights up its instructions; so do the tree's node and the graph's block.
    await page.locator('.source span', { hasText: /^100$/ }).hover();
    assert.match((await lit(page, '.code')).join(), /^4?\s*\d+\s*LOAD_SMALL_INT\s+100/);
    await page.locator('.tree .row', { hasText: /Compare/ }).hover();
    assert.equal((await lit(page, '.code')).length, 6);
    await page
      .locator('.graph g')
      .first()
      .hover({ position: { x: 4, y: 3 } });
    assert.ok((await lit(page, '.code')).length >= 5);

    // A click holds what is lit; the arrows step; Escape lets go.
    await code.nth(2).click();
    await code.nth(7).hover();
    assert.match((await lit(page, '.code')).join(), /STORE_FAST/);
    await page.keyboard.press('ArrowDown');
    assert.match((await lit(page, '.code')).join(), /LOAD_FAST_BORROW/);
    await page.keyboard.press('Escape');
    assert.deepEqual(await lit(page, ''), []);
    await page.selectOption('#function', { label: 'other' });
    assert.match(await page.locator('.source').innerText(), /return '<&>'/);
  });
});

test('a report of a .pyc alone has bytecode and graph', { skip: noBrowser }, async () => {
  const file = recordedFiles('3.11').find(f => f.name === 'bubble_sort')!;
  const unit = readUnit(file.pyc, 'x.pyc', {}, null);
  await withPage(reportPage(makeReport(unit, select(unit, 'sort'))), async page => {
    await page.locator('.code .row').nth(3).hover();
    assert.equal(await page.locator('.graph .lit').count(), 1);
    assert.equal(await page.locator('.column').count(), 2);
    assert.match(await page.locator('.code .row').nth(3).innerText(), /PRECALL\s+1\s+3 → 2$/);
  });
});

test('a comparison: a change and its meaning light up together', { skip: noBrowser }, async () => {
  const [old, young] = ['3.10', '3.14'].map(v => readPyc(recordedFiles(v).find(f => f.name === 'try_all')!.pyc).code);
  const left = { title: 'CPython 3.10', places: places(old!) };
  const right = { title: 'CPython 3.14', places: places(young!) };
  const { comparisons, unmatched } = comparePlacesOf(left, right, true);
  const html = comparisonPage('try', grids(comparisons), [{ titles: [left.title, right.title], items: unmatched }]);
  await withPage(html, async page => {
    const row = page.locator('tr[data-notes]', { hasText: 'SETUP_FINALLY' }).first();
    await row.hover();
    assert.match((await page.locator('.meaning.lit').allInnerTexts()).join(), /try costs nothing/);
    await page.locator('.meaning').first().hover();
    assert.ok((await page.locator('tr.lit').count()) > 0);
    await page.locator('#same').uncheck();
    assert.equal(await page.locator('tr.same:visible').count(), 0);
  });
});
