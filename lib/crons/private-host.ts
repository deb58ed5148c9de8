import ipaddr from 'ipaddr.js';

/** `loopback`: the server itself, which servers refuse. `private`: reachable only from inside its network. */
export type HostReach = 'public' | 'private' | 'loopback';

const localNames = /(^|\.)(local|internal|lan|home|corp|intranet)$/;

/** How far away the host of an address can be reached, as far as its text tells; a name is not looked up. */
export function hostReach(address: string): HostReach {
  if (!URL.canParse(address)) return 'public';
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  if (!ipaddr.isValid(host)) return localNames.test(host) || !host.includes('.') ? 'private' : 'public';
  const range = ipaddr.process(host).range();
  if (range === 'loopback' || range === 'unspecified') return 'loopback';
  return range === 'unicast' ? 'public' : 'private';
}
