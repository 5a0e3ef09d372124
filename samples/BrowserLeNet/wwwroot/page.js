// The page: tabs, theme, and what each tab tells the others.
import { readTheme } from './colours.js';

const element = id => document.getElementById(id);
const TABS = ['draw', 'train', 'break', 'read'];
const dark = matchMedia('(prefers-color-scheme: dark)');

applyTheme(localStorage.getItem('theme') ?? (dark.matches ? 'dark' : 'light'));

const tabs = {};
try {
  const [{ summary }, { DrawTab }, { TrainTab }, { BreakTab }, { ReadTab }] = await Promise.all(
    ['./program.js', './draw.js', './train.js', './break.js', './read.js'].map(name => import(name)));
  element('loading').hidden = true;
  element('content').hidden = false;
  let layer = null;
  tabs.draw = new DrawTab();
  tabs.train = new TrainTab();
  tabs.break = new BreakTab(tabs.draw);
  const read = new ReadTab(tabs.draw);
  tabs.read = { show: isShown => read.show(isShown, summary.Network(), layer), repaint() { } };
  tabs.draw.addEventListener('layer', event => { layer = event.detail; });
  tabs.draw.addEventListener('network', () => { layer = null; });
  tabs.train.addEventListener('start', () => {
    for (const option of element('network').options)
      option.disabled = false;
  });
  for (const name of TABS)
    element(`tab-${name}`).addEventListener('click', () => show(name));
  document.querySelector('[role=tablist]').addEventListener('keydown', moveTab);
  element('theme').addEventListener('click', () => {
    localStorage.setItem('theme', applyTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
    repaint();
  });
  dark.addEventListener('change', () => { if (!localStorage.getItem('theme')) { applyTheme(dark.matches ? 'dark' : 'light'); repaint(); } });
  tabs.draw.example(3);
  performance.mark('drawn');
  show(TABS.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'draw');
  await read.load();
  await keepForOffline();
  document.body.dataset.ready = 'true';
  // For a look from the console.
  globalThis.lenet = tabs;
} catch (error) {
  element('loading').hidden = false;
  element('loading').textContent = `The page could not start: ${error.message}`;
  throw error;
}

function show(name) {
  for (const other of TABS) {
    const isShown = other === name;
    element(`tab-${other}`).setAttribute('aria-selected', isShown);
    element(`tab-${other}`).tabIndex = isShown ? 0 : -1;
    element(other).hidden = !isShown;
  }
  for (const other of TABS)
    tabs[other].show(other === name);
  history.replaceState(null, '', `#${name}`);
}

function moveTab(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step)
    return;
  const now = TABS.findIndex(name => element(`tab-${name}`).tabIndex === 0);
  const next = TABS[(now + step + TABS.length) % TABS.length];
  show(next);
  element(`tab-${next}`).focus();
}

function applyTheme(theme) {
  document.documentElement.dataset.theme = theme;
  readTheme();
  return theme;
}

function repaint() {
  for (const name of TABS)
    tabs[name].repaint();
}

/** Keeps everything that was loaded, so that the page starts without a network. */
async function keepForOffline() {
  if (!('serviceWorker' in navigator))
    return;
  await navigator.serviceWorker.register('service-worker.js');
  const loaded = performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.startsWith(location.origin));
  const cache = await caches.open('lenet');
  await cache.addAll([...new Set([location.pathname, ...loaded])]);
}
