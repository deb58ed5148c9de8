import type { Context } from 'hono';

/** An answer that says no: HTTP status and the text that goes out as `{"detail": "..."}`. */
export type Refusal = {
  readonly status: 400 | 401 | 403 | 404 | 413 | 422 | 503;
  readonly detail: string;
};

export function refuse(c: Context, refusal: Refusal): Response {
  return c.json({ detail: refusal.detail }, refusal.status);
}
