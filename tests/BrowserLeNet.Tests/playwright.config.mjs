import { defineConfig } from '@playwright/test';

// Debian's Chromium, or the one that CNN_CHROMIUM names. As root it starts without its sandbox only, and without a network it must not ask for anything.
export default defineConfig({
  testMatch: '*.spec.mjs',
  workers: 1,
  timeout: 120_000,
  reporter: [['list']],
  outputDir: 'bin/results',
  globalSetup: './setup.mjs',
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CNN_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
});
