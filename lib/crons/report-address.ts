import { z } from 'zod';
import { deploymentIdSchema, type DeploymentId } from './ids';

/** The path of an address runs report to: what it is for, readable, and the server's signature of it. */
export const reportPath = /^\/api\/hooks\/([\w-]{8,4000})\.([\w-]{43})$/;

/** Stands in a body for an address that only the server can sign; the person's own webhook follows, or nothing. */
export const reportMark = 'crondeck-report:';

const claimsSchema = z.strictObject({
  deployment: deploymentIdSchema,
  /** The person's own webhook, which gets every report as well. */
  forwardTo: z.string().max(2_000).nullable(),
});
export type ReportClaims = { readonly deployment: DeploymentId; readonly forwardTo: string | null };

/** What an address says it is for. Whether it is genuine only the server can tell. */
export function readClaims(encoded: string): ReportClaims | null {
  try {
    const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
    return claimsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Reads the webhook of a cron: what it reports for, or null where it is anybody's own. */
export function readReportAddress(webhook: string): ReportClaims | null {
  if (!URL.canParse(webhook)) return null;
  // A dashboard may be reached below a folder that a proxy in front of it takes away.
  const { pathname } = new URL(webhook);
  const found = reportPath.exec(pathname.slice(Math.max(0, pathname.lastIndexOf('/api/hooks/'))));
  return found?.[1] === undefined ? null : readClaims(found[1]);
}
