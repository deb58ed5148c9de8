import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A receiver of webhooks on this machine. It answers with `statuses` in turn, then 200; with 0 it never does. */
export async function startReceiver(wanted = 0) {
  const got: Received[] = [];
  const statuses: number[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      const status = statuses.shift() ?? 200;
      if (status === 0) return;
      const headers =
        status === 302 ? { location: '/elsewhere' } : status === 429 ? { 'retry-after': '90' } : {};
      response.writeHead(status, headers).end(status === 200 ? 'ok' : 'not <now>');
    });
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    got,
    statuses,
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/hook`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Mail = { readonly from: string; readonly to: readonly string[]; readonly data: string };

/** A mail server on this machine. It refuses recipients of `refused.example` for good, and everybody while `isBusy`. */
export async function startMailServer(wanted = 0) {
  const got: Mail[] = [];
  const state = { isBusy: false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, callback) => {
      if (state.isBusy) callback(smtpError(451, 'Try again later'));
      else if (address.endsWith('@refused.example')) callback(smtpError(550, 'No such user'));
      else callback();
    },
    onData: (stream, session, callback) => {
      let data = '';
      stream.setEncoding('utf8').on('data', (part: string) => (data += part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        got.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), data });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    got,
    state,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
