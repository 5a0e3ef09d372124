// What the tests share: a page that may not complain, strokes, and the oracle.
import { test as base, expect } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export { expect };

const here = fileURLToPath(new URL('.', import.meta.url));

/** Tests whose page ends without an error of its own, of its console or of a request. */
export const test = base.extend({
  site: async ({ page }, use) => {
    const complaints = [];
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
    await use({
      async open(query = '') {
        await page.goto(process.env.CNN_SITE + query);
        await page.locator('body[data-ready]').waitFor({ timeout: 60_000 });
      },
      complaints,
    });
    expect(complaints).toEqual([]);
  },
});

/** Digits as strokes on the 280 x 280 pixels of the drawing area. */
export const STROKES = {
  0: [[[140, 50], [100, 70], [82, 120], [84, 180], [110, 225], [150, 232], [185, 205], [200, 150], [190, 90], [165, 58], [140, 50]]],
  3: [[[85, 70], [135, 48], [185, 75], [170, 115], [125, 135], [175, 150], [195, 190], [160, 232], [100, 228], [80, 208]]],
  7: [[[80, 60], [205, 60], [190, 95], [155, 160], [130, 235]]],
};

/** Draws with the mouse. */
export async function draw(page, digit) {
  await page.locator('#clear').click();
  const box = await page.locator('#pad').boundingBox();
  const scale = box.width / 280;
  for (const stroke of STROKES[digit]) {
    await page.mouse.move(box.x + stroke[0][0] * scale, box.y + stroke[0][1] * scale);
    await page.mouse.down();
    for (const [x, y] of stroke.slice(1))
      await page.mouse.move(box.x + x * scale, box.y + y * scale, { steps: 5 });
    await page.mouse.up();
  }
  await nextFrame(page);
}

export const nextFrame = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));

/** The digit that the page says it reads. */
export const answer = page => page.locator('#probabilities .bar.top b').textContent();

/** The picture that the network got, as numbers. */
export const picture = page => page.evaluate(() => Array.from(lenet.draw.picture));

/** The bits of the scores that the page computed last. */
export const scoreBits = page => page.evaluate(async () => {
  const { scores } = await import('./program.js');
  return Array.from(new Uint32Array(scores.read().slice().buffer), bits => bits.toString(16).padStart(8, '0')).join(' ');
});

/** Whether the oracle can do without fused multiply-add: on x64. */
export const hasOracle = process.arch === 'x64';

/** Runs the oracle, on vectors of 128 bits or as a variable caps it, and gives its lines. */
export function oracle(command, content, ...options) {
  mkdirSync(`${here}bin`, { recursive: true });
  const file = `${here}bin/${command}.bin`;
  writeFileSync(file, content);
  return execFileSync('dotnet', [`${here}Oracle/bin/Release/net10.0/oracle.dll`, command, file, ...options.map(String)], { encoding: 'utf8', env: { ...process.env, DOTNET_EnableAVX2: '0' } })
    .trim().split('\n');
}

export const show = (page, tab) => page.locator(`#tab-${tab}`).click();

/** Opens Train and waits for its digits. */
export async function prepareTraining(page) {
  await show(page, 'train');
  await page.evaluate(() => lenet.train.prepare());
}
