// The page: Break it and Read, widths, themes, touch, names of controls, no network, size.
import AxeBuilder from '@axe-core/playwright';
import { answer, draw, expect, nextFrame, prepareTraining, show, STROKES, test } from './support.mjs';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TABS = ['draw', 'train', 'break', 'read'];
const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(`${root}samples/BrowserLeNet/README.md`, 'utf8');

/** Where a screenshot goes: beside the sample's README where that shows it and CNN_UPDATE_SCREENSHOTS asks for it. */
const shot = name => process.env.CNN_UPDATE_SCREENSHOTS && readme.includes(`(screenshots/${name})`)
  ? `${root}samples/BrowserLeNet/screenshots/${name}`
  : `${root}tests/BrowserLeNet.Tests/bin/screenshots/${name}`;

test('a cover at the weak spot changes the answer, and mending brings it back', async ({ page, site }) => {
  await site.open();
  await draw(page, 3);
  await show(page, 'break');
  await expect(page.locator('#verdict')).toContainText('Still a 3');
  await page.locator('#weakest').click();
  await expect(page.locator('#verdict')).toContainText('Was a 3, is a');
  await expect(page.locator('#differences .bar').first()).not.toContainText('input10 %');
  await page.locator('#mend').click();
  await expect(page.locator('#verdict')).toContainText('Still a 3');
  await page.locator('#changed').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#cover-value')).toHaveText('8');
});

test('every layer that is chosen is marked in the declaration and has its generated methods', async ({ page, site }) => {
  await site.open();
  await show(page, 'read');
  const generated = ['Layers', 'Kernels'].map(part => readFileSync(`${root}samples/BrowserLeNet/bin/Release/net10.0/publish/wwwroot/source/EmbeddedLeNet.LeNet.${part}.g.cs`, 'utf8').replace(/^ {8}/gm, '')).join('\n');
  for (const [layer, mark] of [['conv1', 'Conv(6, 5, Padding = 2, Bias = false)'], ['maxpool2', 'MaxPool(2)'], ['linear2', 'Linear(10)']]) {
    await page.locator('#layer-buttons').getByRole('button', { name: layer }).click();
    await expect(page.locator('#declaration mark')).toHaveText(mark);
    const text = await page.locator('#method').textContent();
    expect(text).toContain(layer[0].toUpperCase() + layer.slice(1));
    for (const method of text.split('\n\n'))
      expect(generated).toContain(method);
  }
  await page.locator('#layer-buttons').getByRole('button', { name: 'batchnorm2' }).click();
  await expect(page.locator('#read-note')).toContainText('In a prediction conv2 does it');
});

test('it works and starts again without a network', async ({ page, site, context }) => {
  await site.open();
  await context.setOffline(true);
  await draw(page, 7);
  expect(await answer(page)).toBe('7');
  for (const tab of TABS)
    await show(page, tab);
  await prepareTraining(page);
  await page.locator('#step').click();
  await page.reload();
  await page.locator('body[data-ready]').waitFor();
  await show(page, 'draw');
  await draw(page, 3);
  expect(await answer(page)).toBe('3');
  site.complaints.length = 0;
});

test('a finger draws', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(process.env.CNN_SITE);
  await page.locator('body[data-ready]').waitFor();
  await page.locator('#clear').tap();
  const box = await page.locator('#pad').boundingBox();
  const session = await context.newCDPSession(page);
  const points = STROKES[7][0].flatMap(([x, y], index, all) => index ? [0.25, 0.5, 0.75, 1].map(part => [all[index - 1][0] + part * (x - all[index - 1][0]), all[index - 1][1] + part * (y - all[index - 1][1])]) : [[x, y]]);
  for (const [index, [x, y]] of points.entries()) {
    await session.send('Input.dispatchTouchEvent', { type: index ? 'touchMove' : 'touchStart', touchPoints: [{ x: box.x + x * box.width / 280, y: box.y + y * box.height / 280 }] });
  }
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await nextFrame(page);
  expect(await answer(page)).toBe('7');
  await context.close();
});

for (const width of [1440, 390]) {
  for (const theme of ['dark', 'light']) {
    test(`every tab fits ${width} pixels, and every control has a name and contrast: ${theme}`, async ({ page, site }) => {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await page.emulateMedia({ colorScheme: theme });
      await site.open();
      await draw(page, 3);
      for (const tab of TABS) {
        await show(page, tab);
        if (tab === 'train') {
          await page.evaluate(() => lenet.train.prepare());
          await page.evaluate(() => { for (let step = 0; step < 150; step++) lenet.train.step(); lenet.train.repaint(); });
        }
        if (tab === 'break') {
          await page.locator('#weakest').click();
          await page.waitForTimeout(600);
        }
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect((await new AxeBuilder({ page }).analyze()).violations.map(found => `${tab}: ${found.id}: ${found.nodes.map(node => node.target).join(' ')}`)).toEqual([]);
        await page.evaluate(y => scrollTo(0, y), width === 390 ? { draw: 880, break: 560 }[tab] ?? 0 : 0);
        await page.screenshot({ path: shot(`${tab}-${theme}-${width}.png`), fullPage: width === 1440 && tab === 'draw' });
      }
    });
  }
}

test('what is loaded is at most 2 MB', async ({ page, site }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; });
  await page.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
  await site.open();
  console.log(`    ${Math.round(bytes / 1000)} kB are loaded`);
  expect(bytes).toBeGreaterThan(1_000_000);
  expect(bytes).toBeLessThanOrEqual(2_000_000);
});
