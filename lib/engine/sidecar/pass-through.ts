import {
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';

/** Headers that belong to one connection, not to the message. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'upgrade',
]);

/** Sends a request on byte for byte and its answer back as it arrives, streams and compressed bodies included. */
export function passThrough(base: URL, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const sent = open(base, incoming, endToEnd(incoming.rawHeaders));
    outgoing.once('close', () => {
      sent.destroy();
      resolve();
    });
    sent.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, flat(endToEnd(answer.rawHeaders)));
      // An event stream may be silent for long after its headers.
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    });
    sent.once('error', (error) => {
      if (outgoing.headersSent) {
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(502, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify({ detail: `The Agent Server cannot be reached: ${error.message}` }));
    });
    incoming.pipe(sent);
  });
}

/** The same for a WebSocket: once the server agrees, the two sockets are joined. */
export function passUpgrade(base: URL, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const headers = [
    ...endToEnd(incoming.rawHeaders),
    ['connection', 'Upgrade'],
    ['upgrade', 'websocket'],
  ] as const;
  const sent = open(base, incoming, headers);
  sent.once('upgrade', (answer, upstream, upstreamHead) => {
    const lines = pairs(answer.rawHeaders).map(([name, value]) => `${name}: ${value}`);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    socket.write(upstreamHead);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
    upstream.once('error', () => socket.destroy());
    socket.once('error', () => upstream.destroy());
  });
  sent.once('response', (answer) => {
    socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nconnection: close\r\n\r\n`);
  });
  sent.once('error', () => socket.destroy());
  sent.end();
}

function open(base: URL, incoming: IncomingMessage, headers: readonly (readonly [string, string])[]) {
  const request = base.protocol === 'https:' ? httpsRequest : httpRequest;
  const own = headers.filter(([name]) => name.toLowerCase() !== 'host');
  const options: RequestOptions = {
    method: incoming.method,
    // Only path and query count: a full URL in the request line must not choose the server.
    path: `${base.pathname.replace(/\/$/, '')}${pathOf(incoming.url ?? '/')}`,
    headers: flat([['host', base.host], ...own]),
  };
  return request(base, options);
}

function pathOf(target: string): string {
  if (target.startsWith('/')) return target;
  const url = URL.canParse(target) ? new URL(target) : null;
  return url === null ? '/' : `${url.pathname}${url.search}`;
}

function endToEnd(rawHeaders: readonly string[]): [string, string][] {
  return pairs(rawHeaders).filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as [string, string]] : [],
  );
}

/** Node takes repeated headers as one flat list; an object would join or drop them. */
function flat(headers: readonly (readonly [string, string])[]): string[] {
  return headers.flat();
}
