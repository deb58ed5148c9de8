import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { readClaims, type ReportClaims } from '@/lib/crons/report-address';
import type { Store } from '../store/open-store';
import { secrets } from '../store/schema';

const secretName = 'hooks';

/** The key that signs addresses: made once for all dashboards that share the store. */
async function signingKey({ db, write }: Store): Promise<string> {
  const find = async () => (await db.select().from(secrets).where(eq(secrets.name, secretName)))[0]?.value;
  const known = await find();
  if (known !== undefined) return known;
  const fresh = randomBytes(32).toString('base64url');
  await write([db.insert(secrets).values({ name: secretName, value: fresh }).onConflictDoNothing()]);
  return (await find()) ?? fresh;
}

function signature(encoded: string, key: string): string {
  return createHmac('sha256', key).update(encoded).digest('base64url');
}

/**
 * The address runs of a deployment report to. It says itself what it is for, so it goes on working in a copy of the cron
 * and in one that was deleted and brought back. `base` is where servers reach this dashboard.
 */
export async function hookAddress(claims: ReportClaims, base: string, store: Store): Promise<string> {
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${base}/api/hooks/${encoded}.${signature(encoded, await signingKey(store))}`;
}

/** What a genuine token is for; null for one we never signed. */
export async function openToken(token: string, store: Store): Promise<ReportClaims | null> {
  const [encoded = '', signed = '', ...rest] = token.split('.');
  if (rest.length > 0) return null;
  const expected = Buffer.from(signature(encoded, await signingKey(store)));
  const given = Buffer.from(signed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return readClaims(encoded);
}

/** CRONDECK_PUBLIC_URL where it can be used; null where servers cannot reach this dashboard. */
export function publicUrl(env: Readonly<Record<string, string | undefined>>): string | null {
  const text = env.CRONDECK_PUBLIC_URL?.trim();
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = !url.username && !url.password && !url.search && !url.hash;
  return /^https?:$/.test(url.protocol) && isPlain ? text.replace(/\/+$/, '') : null;
}
