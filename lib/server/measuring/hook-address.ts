import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Store } from '../store/open-store';
import { secrets } from '../store/schema';

/** What proxy.ts lets pass without an Origin: the address of one hook and nothing else. */
export const hookPath = /^\/api\/hooks\/[\w-]{22}\.[\w-]{43}$/;

const nonceBytes = 16;
const secretName = 'hooks';

/** The key that signs addresses: made once for all dashboards that share the store. */
async function signingKey(store: Store): Promise<string> {
  const fresh = randomBytes(32).toString('base64url');
  await store.write([
    store.db.insert(secrets).values({ name: secretName, value: fresh }).onConflictDoNothing(),
  ]);
  const [row] = await store.db.select().from(secrets).where(eq(secrets.name, secretName));
  return row?.value ?? fresh;
}

function signature(nonce: string, key: string): string {
  return createHmac('sha256', key).update(nonce).digest('base64url');
}

export function newNonce(): string {
  return randomBytes(nonceBytes).toString('base64url');
}

/** The address a cron's runs report to. `base` is where servers reach this dashboard. */
export async function hookAddress(nonce: string, base: string, store: Store): Promise<string> {
  const key = await signingKey(store);
  return `${base.replace(/\/+$/, '')}/api/hooks/${nonce}.${signature(nonce, key)}`;
}

/** The random part of a genuine token; null for one we never signed. */
export async function openToken(token: string, store: Store): Promise<string | null> {
  const [nonce = '', signed = '', ...rest] = token.split('.');
  if (rest.length > 0 || nonce === '' || signed === '') return null;
  const expected = Buffer.from(signature(nonce, await signingKey(store)));
  const given = Buffer.from(signed);
  return given.length === expected.length && timingSafeEqual(given, expected) ? nonce : null;
}

/** CRONDECK_PUBLIC_URL where it can be used: servers refuse addresses of their own machine. Null where there is none. */
export function publicUrl(env: Readonly<Record<string, string | undefined>>): string | null {
  const text = env.CRONDECK_PUBLIC_URL?.trim();
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash
    ? text.replace(/\/+$/, '')
    : null;
}
