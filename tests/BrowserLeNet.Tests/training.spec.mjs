// Train: in the page, to the bits of the desktop.
import { expect, hasOracle, oracle, prepareTraining, show, test } from './support.mjs';

const STEPS = 50;

test('fifty steps lower the loss, to the bits of the desktop', async ({ page, site }) => {
  await site.open();
  await prepareTraining(page);
  const { losses, images, rate } = await page.evaluate(async steps => {
    const { training } = await import('./program.js');
    for (let step = 0; step < steps; step++)
      lenet.train.step();
    const images = Array.from({ length: training.ImageCount() }, (_, index) => Array.from(training.Image(index)));
    return { losses: lenet.train.losses, images: images.flat(), rate: 10 ** document.getElementById('rate').valueAsNumber };
  }, STEPS);
  const mean = values => values.reduce((left, right) => left + right) / values.length;
  expect(mean(losses[1].slice(-10))).toBeLessThan(0.7 * mean(losses[1].slice(0, 10)));
  test.skip(!hasOracle, 'fused multiply-add cannot be switched off on this processor');
  const content = Uint8Array.from(images);
  const bits = loss => new Uint32Array(Float32Array.of(loss).buffer)[0].toString(16).padStart(8, '0');
  expect(losses[0].map((loss, step) => `${bits(loss)} ${bits(losses[1][step])}`)).toEqual(oracle('train', content, 42, rate, 16, STEPS));
  expect(oracle('render', content)).toEqual(['0']);
});

test('training runs, pauses, steps and is reset, and what was learned reads in Draw', async ({ page, site }) => {
  await site.open();
  await prepareTraining(page);
  await page.locator('#run').click();
  await expect.poll(() => page.evaluate(() => lenet.train.steps)).toBeGreaterThan(60);
  await page.locator('#run').click();
  const paused = await page.evaluate(() => lenet.train.steps);
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => lenet.train.steps)).toBe(paused);
  await page.locator('#step').click();
  expect(await page.evaluate(() => lenet.train.steps)).toBe(paused + 1);
  await show(page, 'draw');
  await page.locator('#network').selectOption('0');
  await expect(page.locator('[data-layer^=batchnorm]')).toHaveCount(0);
  await page.locator('#network').selectOption('1');
  await expect(page.locator('[data-layer^=batchnorm]')).toHaveCount(3);
  await show(page, 'train');
  await page.locator('#reset').click();
  expect(await page.evaluate(() => lenet.train.steps)).toBe(0);
});

test('a learning rate that is too large ends in a message', async ({ page, site }) => {
  await site.open();
  await prepareTraining(page);
  await page.locator('#use-0').uncheck();
  await page.locator('#rate').fill('1');
  await page.locator('#reset').click();
  await page.evaluate(() => { for (let step = 0; step < 20; step++) lenet.train.step(); });
  await expect(page.locator('#train-status')).toContainText('with BatchNorm has diverged');
  await expect(page.locator('#use-1')).not.toBeChecked();
});

test('IDX files that are dropped are learned from, and others are refused by name', async ({ page, site }) => {
  await site.open();
  await prepareTraining(page);
  const header = (...axes) => [0, 0, 8, axes.length, ...axes.flatMap(axis => [axis >> 24, axis >> 16 & 255, axis >> 8 & 255, axis & 255])];
  const images = Buffer.from([...header(100, 28, 28), ...Array.from({ length: 100 * 784 }, (_, index) => index % 251)]);
  const labels = Buffer.from([...header(100), ...Array.from({ length: 100 }, (_, index) => index % 10)]);
  const file = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
  await page.locator('#files').setInputFiles([file('notes.txt', Buffer.from('no digits'))]);
  await expect(page.locator('#train-status')).toContainText('notes.txt');
  await page.locator('#files').setInputFiles([file('train-images-idx3-ubyte', images), file('train-labels-idx1-ubyte', labels)]);
  await expect(page.locator('#data')).toContainText('90 images of your files');
  await page.locator('#step').click();
  expect(await page.evaluate(() => lenet.train.steps)).toBe(1);
});
