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

  const report = `/api/hooks/${'a'.repeat(40)}.${'b'.repeat(43)}`;
  const fromServer = { ...write, method: 'POST', host: 'deck.example.org', pathname: report };

  it('lets the report of a run in, which comes from elsewhere', () => {
    expect(guardRequest(fromServer, allowed)).toBeNull();
  });

  it.each([
    ['another method', { method: 'DELETE' }],
    ['more behind the address', { pathname: `${report}/x` }],
    ['something before it', { pathname: `/api/deployments${report}` }],
    ['a signature that is too short', { pathname: report.slice(0, -1) }],
    ['no signature', { pathname: '/api/hooks/abcdefghij' }],
    ['an address that climbs out', { pathname: '/api/hooks/../deployments/local/crons' }],
  ])('lets nothing else in beside it: %s', (_case, change) => {
    expect(guardRequest({ ...fromServer, ...change }, allowed)?.code).toBe('cross-origin');
  });

  it('refuses a report under a host that is not this dashboard', () => {
    expect(guardRequest({ ...fromServer, host: 'evil.example' }, allowed)?.code).toBe('host-not-allowed');
  });

  const feed = {
    ...fromServer,
    method: 'GET',
    pathname: `/api/feeds/${'a'.repeat(43)}.ics`,
    fetchSite: null,
  };

  it('lets a calendar program read a feed, which says nothing of where it comes from', () => {
    expect(guardRequest(feed, allowed)).toBeNull();
    expect(guardRequest({ ...feed, method: 'HEAD' }, allowed)).toBeNull();
  });

  it('lets it do nothing else, and not under another name', () => {
    expect(guardRequest({ ...feed, method: 'POST' }, allowed)?.code).toBe('cross-origin');
    expect(guardRequest({ ...feed, host: 'evil.example' }, allowed)?.code).toBe('host-not-allowed');
  });
});
