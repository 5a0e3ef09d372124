// The figures of docs/browser.md, of what was published last: download, start, prediction, maps, training step, frame.
import { chromium } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import config from './playwright.config.mjs';
import { serve } from './serve.mjs';
import { draw } from './support.mjs';

const site = await serve(fileURLToPath(new URL('../../samples/BrowserLeNet/bin/Release/net10.0/publish/wwwroot', import.meta.url)));
const browser = await chromium.launch(config.use.launchOptions);
const page = await browser.newPage({ viewport: config.use.viewport });
await page.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
const session = await page.context().newCDPSession(page);
await session.send('Network.enable');
let bytes = 0;
session.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; });
await page.goto(site.url + (process.argv[2] ?? ''));
await page.locator('body[data-ready]').waitFor();
const start = await page.evaluate(() => performance.getEntriesByName('drawn')[0].startTime);

await session.send('Performance.enable', { timeDomain: 'threadTicks' });
console.log(`Chromium ${browser.version()}: ${Math.round(bytes / 1000)} kB, drawn ${Math.round(start)} ms after the address was entered`);

await page.evaluate(async () => {
  const program = await import('./program.js');
  await lenet.train.prepare();
  program.training.Start(42, 0.02, 16);
  const learn = run => { program.training.NextBatch(); program.training.Step(run); };
  globalThis.actions = {
    predict: () => program.reading.Predict(),
    trace: () => program.reading.Trace(),
    plain: () => learn(0),
    normalized: () => learn(1),
    frame: () => { lenet.draw.repaint(); return new Promise(done => requestAnimationFrame(done)); },
  };
});
await tell('a prediction', 'predict', 2000);
await tell('all maps', 'trace', 200);
await tell('a training step of 16 images, without BatchNorm', 'plain', 50);
await tell('a training step of 16 images, with BatchNorm', 'normalized', 50);
await draw(page, 0);
await tell('a frame while drawing: picture, prediction, maps, painting', 'frame', 200);
await browser.close();
site.close();

/** Milliseconds of the page's thread that an action takes, of many after as many: its time on a core, whatever else the machine does. */
async function tell(name, action, count) {
  const run = () => page.evaluate(async ([action, count]) => {
    for (let index = 0; index < count; index++)
      await actions[action]();
  }, [action, count]);
  const now = async () => (await session.send('Performance.getMetrics')).metrics.find(metric => metric.name === 'ThreadTime').value;
  await run();
  const before = await now();
  await run();
  console.log(`${name}: ${(1000 * (await now() - before) / count).toFixed(2)} ms`);
}
