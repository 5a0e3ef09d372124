// Publishes the sample as its README says, builds the oracle, and serves what was published.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

export default async function setup() {
  if (!process.env.CNN_PUBLISHED)
    dotnet('publish', 'samples/BrowserLeNet', '-c', 'Release');
  dotnet('build', 'tests/BrowserLeNet.Tests/Oracle', '-c', 'Release');
  const site = await serve(`${root}samples/BrowserLeNet/bin/Release/net10.0/publish/wwwroot`);
  process.env.CNN_SITE = site.url;
  return site.close;
}

function dotnet(...options) {
  execFileSync('dotnet', [...options, '-nologo', '-v', 'quiet'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, MSBUILDDISABLENODEREUSE: '1' } });
}
