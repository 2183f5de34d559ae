import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The replies of a server, as JSON text by the end of their path, such as `/clusters/orders`. */
export type Replies = Readonly<Record<string, string>>;

const CHALLENGE = `Digest realm="MMS Public API", domain="", nonce="${'n'.repeat(32)}", algorithm=MD5, qop="auth", stale=false`;
const TOKEN = JSON.stringify({ access_token: 'token', expires_in: 3600, token_type: 'Bearer' });

// A server in a process of its own that does next to nothing: what is measured is the client. It lets in who signs in.
process.once('message', (replies: Replies) => {
  let requests = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    request.resume();
    if (pathname === '/requests') {
      response.end(String(requests));
      return;
    }
    requests += 1;
    if (pathname === '/api/oauth/token') {
      response.setHeader('content-type', 'application/json').end(TOKEN);
      return;
    }
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': CHALLENGE }).end();
      return;
    }
    const reply = Object.entries(replies).find(([path]) => pathname.endsWith(path))?.[1];
    const type = 'application/vnd.atlas.2024-08-05+json';
    response.writeHead(reply === undefined ? 404 : 200, { 'content-type': type }).end(reply ?? '{}');
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});
process.on('disconnect', () => process.exit());
