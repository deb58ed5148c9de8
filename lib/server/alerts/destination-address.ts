import { isIP } from 'node:net';
import type { DestinationKind } from '@/lib/alerts/alerts-view';
import type { Problem } from '@/lib/result';
import { isAlertUrl, type AllowedHosts } from './outbound';

const ending = 4;

/** Of an address that can hold a secret, only enough to tell it from others. */
export function shownAddress(kind: DestinationKind, address: string): string {
  if (kind === 'email') return address;
  const { host, pathname, search } = new URL(address);
  const rest = `${pathname}${search}`;
  if (rest === '/') return host;
  return rest.length <= ending * 3 ? `${host}/…` : `${host}/…${rest.slice(-ending)}`;
}

// One mailbox as servers take it: no list, no display name, no quoting, and no character that could end a header line.
const mailbox = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;

/** Why nothing can be sent to an address; null where it can. */
export function addressProblem(kind: DestinationKind, address: string, hosts: AllowedHosts): Problem | null {
  if (kind === 'email') return mailbox.test(address) ? null : notAMailbox;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return notAnAddress;
  if (isAlertUrl(address, hosts)) return null;
  const { hostname, username } = new URL(address);
  if (username !== '') return withCredentials;
  return isIP(hostname) !== 0 || hostname.includes(':') || hostname.includes('localhost')
    ? thisMachine
    : notAnAddress;
}

function bad(message: string, hint: string): Problem {
  return { code: 'bad-request', field: 'address', message, hint };
}
const notAMailbox = bad(
  'That is not an e-mail address.',
  'Give one address, like ops@example.com, without a name and without line breaks.',
);
const notAnAddress = bad(
  'That is not an address a message can be sent to.',
  'Give the whole address, beginning with https://.',
);
const withCredentials = bad(
  'An address must not contain a user name or password.',
  'Use an address that holds its own key in the path, as webhooks do.',
);
const thisMachine = bad(
  'That address is this machine itself or a neighbour on its own link.',
  'Use the public or network address of the receiver. If it really runs here, its host and port have to be named in CRONDECK_ALERT_HOSTS.',
);
