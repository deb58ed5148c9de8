import ipaddr from 'ipaddr.js';

/** Why a webhook must not be sent to this address, in the Agent Server's words; null if it may. Private networks may. */
export function blockedAddress(address: string, allowLoopback: boolean): string | null {
  const parsed = unwrap(ipaddr.parse(address));
  const range = parsed.range();
  switch (range) {
    case 'loopback':
      if (allowLoopback) return null;
      return parsed.kind() === 'ipv4' ? 'loopback IP range' : 'blocked IP range';
    case 'unspecified':
    case 'linkLocal':
    case 'multicast':
    case 'broadcast':
      return 'blocked IP range';
    default:
      return null;
  }
}

/** IPv4 hidden in IPv6 is judged as the IPv4 it reaches: mapped, compatible (::a.b.c.d), NAT64 and 6to4. */
function unwrap(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address instanceof ipaddr.IPv4) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  const embedded = (from: number) => new ipaddr.IPv4(bytes.slice(from, from + 4));
  if (address.range() === 'rfc6052' || address.range() === 'rfc6145') return embedded(12);
  if (address.range() === '6to4') return embedded(2);
  // ::1 and :: are their own addresses, everything else in ::/96 is the old "compatible" spelling.
  const compatible =
    bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 15).some((byte) => byte !== 0);
  return compatible ? embedded(12) : address;
}
