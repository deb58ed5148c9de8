import { describe, expect, it } from 'vitest';
import { allowedHosts, guardRequest } from './request-guard';

const allowed = allowedHosts({
  CRONDECK_ALLOWED_HOSTS: 'crons.example.com',
  CRONDECK_PUBLIC_URL: 'https://deck.example.org/x',
});
const write = {
  method: 'DELETE',
  pathname: '/api/deployments/local/crons/1',
  host: 'localhost:3000',
  origin: null,
  fetchSite: null,
};

describe('guardRequest', () => {
  it.each([
    ['loopback by name', 'localhost:3000'],
    ['loopback by address', '127.0.0.1:3000'],
    ['loopback by IPv6 address', '[::1]:3000'],
    ['a host that was allowed', 'Crons.Example.com'],
    ['the public address', 'deck.example.org'],
  ])('lets a page be read from %s', (_case, host) => {
    expect(guardRequest({ ...write, method: 'GET', host }, allowed)).toBeNull();
  });

  it.each([['evil.example'], ['localhost.evil.example'], [null]])(
    'refuses the host %s, so a re-bound name reads nothing',
    (host) => {
      expect(guardRequest({ ...write, method: 'GET', host }, allowed)?.code).toBe('host-not-allowed');
    },
  );

  it.each([
    ['the same origin', 'http://localhost:3000', null],
    ['no origin but a same-origin fetch mark', null, 'same-origin'],
  ])('accepts a change from %s', (_case, origin, fetchSite) => {
    expect(guardRequest({ ...write, origin, fetchSite }, allowed)).toBeNull();
  });

  it.each([
    ['another site', 'http://evil.example', 'cross-site'],
    ['another port of this machine', 'http://localhost:4000', 'same-site'],
    ['a sandboxed frame', 'null', null],
    ['a client that says nothing', null, null],
    ['a link followed from elsewhere', null, 'cross-site'],
  ])('refuses a change from %s', (_case, origin, fetchSite) => {
    expect(guardRequest({ ...write, origin, fetchSite }, allowed)?.code).toBe('cross-origin');
  });
});
