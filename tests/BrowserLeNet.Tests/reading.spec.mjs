// Draw: what is drawn is read, by the bits of the desktop, and every part of it can be looked at.
import { answer, draw, expect, hasOracle, nextFrame, oracle, picture, scoreBits, test } from './support.mjs';

for (const [kernels, query] of [['Wasm', ''], ['Scalar', '?max-isa=scalar']]) {
  test(`three digits drawn with the mouse are read, to the bits of the desktop: ${kernels}`, async ({ page, site }) => {
    await site.open(query);
    expect(await page.evaluate(async () => (await import('./program.js')).reading.Kernels())).toBe(kernels);
    const pictures = [], bits = [];
    for (const digit of [7, 3, 0]) {
      await draw(page, digit);
      expect(await answer(page)).toBe(String(digit));
      pictures.push(...await picture(page));
      bits.push(await scoreBits(page));
    }
    test.skip(!hasOracle, 'fused multiply-add cannot be switched off on this processor');
    expect(bits).toEqual(oracle('predict', new Uint8Array(Float32Array.from(pictures).buffer)));
  });
}

test('predictions allocate nothing but once, where the interpreter compiles anew after its thousandth call', async ({ page, site }) => {
  await site.open();
  const allocated = await page.evaluate(async () => {
    const { reading } = await import('./program.js');
    reading.Predict();
    return [reading.AllocatedBy(900), reading.AllocatedBy(200), reading.AllocatedBy(2000)];
  });
  expect(allocated[0]).toBe(0);
  expect(allocated[1]).toBeLessThan(4096);
  expect(allocated[2]).toBe(0);
});

test('more than one thread is refused with the reason', async ({ page, site }) => {
  await site.open();
  expect(await page.evaluate(async () => (await import('./program.js')).reading.RefusalOfThreads())).toContain('.NET on WebAssembly has the caller\'s alone');
});

test('a unit that is pointed at shows its number, its receptive field and its kernel', async ({ page, site }) => {
  await site.open();
  await draw(page, 3);
  const maps = page.locator('[data-layer=conv2] canvas');
  await maps.hover({ position: { x: 10, y: 10 } });
  await expect(page.locator('#inspector')).toContainText('sees 14 × 14 pixels');
  await expect(page.locator('#inspector')).toContainText('made by kernel 0 of conv2');
  await expect(page.locator('#inspector .products')).toHaveCount(6);
  const { row, column, shown, sum, window } = await page.evaluate(async () => {
    const { activations, parameter, summary } = await import('./program.js');
    const [, row, column] = /row (\d+), column (\d+)/.exec(document.getElementById('inspector').textContent).map(Number);
    const [pool, conv] = ['maxpool1', 'conv2'].map(name => lenet.draw.layers.find(layer => layer.name === name));
    const weights = parameter('conv2.weight');
    let sum = 0;
    for (let channel = 0; channel < 6; channel++) {
      for (let y = 0; y < 5; y++) {
        for (let x = 0; x < 5; x++)
          sum += weights[channel * 25 + y * 5 + x] * activations.values[pool.offset + (channel * 14 + row + y) * 14 + column + x];
      }
    }
    const shown = Number(document.querySelectorAll('#inspector .formula b')[0].textContent.replace('−', '-'));
    return { row, column, shown, sum, window: Array.from(summary.Window(conv.index, 0, row, column)) };
  });
  expect(shown).toBeCloseTo(sum, 2);
  expect(window).toEqual([2 * row - 2, 2 * column - 2, 14, 14]);
});

test('a layer that is clicked shows its formula, shape, parameters and multiply-adds', async ({ page, site }) => {
  await site.open();
  await page.locator('[data-layer=linear1] .layer-name').click();
  const inspector = page.locator('#inspector');
  for (const text of ['linear1', '48', '19,200', '48·400', '48 outputs × 400 inputs', 'the whole picture'])
    await expect(inspector).toContainText(text);
  await page.locator('[data-layer=maxpool1] .layer-name').click();
  await expect(inspector).toContainText('6 × 14 × 14');
  await expect(inspector).toContainText('max(');
});

test('the keyboard draws, shows examples and chooses units and tabs', async ({ page, site }) => {
  await site.open();
  await page.locator('#pad').focus();
  await page.keyboard.press('Delete');
  await page.keyboard.press(' ');
  for (let step = 0; step < 12; step++)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await nextFrame(page);
  expect(await answer(page)).toBe('1');
  await page.keyboard.press('8');
  await nextFrame(page);
  expect(await answer(page)).toBe('8');
  await page.locator('[data-layer=conv1] canvas').focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#inspector')).toContainText('Map 1, row');
  await page.locator('#tab-draw').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#train')).toBeVisible();
});

test('a frame takes at most 16 ms of a core while drawing', async ({ page, site }) => {
  await site.open();
  await draw(page, 0);
  const session = await page.context().newCDPSession(page);
  // Of the page's own thread, so that it does not matter what else the machine does.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const threadTime = async () => (await session.send('Performance.getMetrics')).metrics.find(metric => metric.name === 'ThreadTime').value;
  const frames = count => page.evaluate(async count => {
    for (let frame = 0; frame < count; frame++) {
      lenet.draw.repaint();
      await new Promise(done => requestAnimationFrame(done));
    }
  }, count);
  await frames(100);
  const before = await threadTime();
  await frames(100);
  expect((await threadTime() - before) * 1000 / 100).toBeLessThan(16);
});
