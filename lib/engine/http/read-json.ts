import type { Context } from 'hono';
import type { Refusal } from '@/lib/engine/http/refusal';
import { err, ok, type Result } from '@/lib/result';

/** The Agent Server's own JSON parser stops there too; deeper values could not be written back without recursion. */
const MAX_DEPTH = 254;

const INVALID: Refusal = { status: 422, detail: 'Invalid JSON in request body' };

/** Reads a JSON body of at most `maxBytes`. Not JSON, empty, bad UTF-8, too deep or not finite: 422; too large: 413. */
export async function readJson(c: Context, maxBytes: number): Promise<Result<unknown, Refusal>> {
  const bytes = await readBytes(c, maxBytes);
  if (!bytes.ok) return bytes;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value));
    return isStorable(value) ? ok(value) : err(INVALID);
  } catch {
    return err(INVALID);
  }
}

async function readBytes(c: Context, maxBytes: number): Promise<Result<Uint8Array, Refusal>> {
  const tooLarge: Refusal = { status: 413, detail: `Request body is larger than ${maxBytes} bytes` };
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) return err(tooLarge);
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The declared length may lie or be missing, so what arrives is counted.
  const body = c.req.raw.body as AsyncIterable<Uint8Array> | null;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return err(tooLarge);
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks));
}

/** Walks without recursion. 1e999 parses to Infinity, which JSON cannot hold: it would come back as null. */
function isStorable(root: unknown): boolean {
  const open: [unknown, number][] = [[root, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value === 'number' && !Number.isFinite(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return false;
    for (const inner of Object.values(value)) open.push([inner, depth + 1]);
  }
  return true;
}
