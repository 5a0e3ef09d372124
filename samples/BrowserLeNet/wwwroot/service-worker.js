// Answers from the network, and where there is none from what page.js has kept.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', event => {
  if (event.request.method === 'GET')
    event.respondWith(fetch(event.request).catch(async () => await caches.match(event.request, { ignoreSearch: true }) ?? Response.error()));
});
