import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { err, ok, type Problem, type Result } from '@/lib/result';

/** Where the dashboard keeps what it must not forget. `file` is set for a local SQLite file, absolute. */
export type StoreLocation =
  | { readonly kind: 'file'; readonly url: string; readonly file: string }
  | { readonly kind: 'server'; readonly url: string; readonly authToken: string | null };

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads CRONDECK_DATABASE_URL (`file:PATH` or `libsql://HOST`, the latter with CRONDECK_DATABASE_TOKEN where it asks for
 * one). Without it the store is `dashboard.db` in CRONDECK_DATA_DIR, or in `.crondeck` below `root`.
 */
export function storeLocation(env: Env, root: string): Result<StoreLocation, Problem<'store-url'>> {
  const url = env.CRONDECK_DATABASE_URL?.trim();
  if (!url) {
    const folder = env.CRONDECK_DATA_DIR?.trim() || path.join(root, '.crondeck');
    return ok(fileAt(path.resolve(root, folder, 'dashboard.db')));
  }
  if (url.startsWith('file:')) {
    const file = decodeURIComponent(url.slice('file:'.length).replace(/^\/\/(localhost)?\//, '/'));
    if (file !== '' && !/[?#]/.test(file) && !file.includes(':memory:'))
      return ok(fileAt(path.resolve(root, file)));
  } else if (isServer(url)) {
    return ok({ kind: 'server', url, authToken: env.CRONDECK_DATABASE_TOKEN?.trim() || null });
  }
  return err({
    code: 'store-url',
    message: 'CRONDECK_DATABASE_URL is not the address of a store.',
    hint: 'Use file:/path/to/dashboard.db or libsql://host (with CRONDECK_DATABASE_TOKEN), or unset it.',
  });
}

/** Credentials have a variable of their own: an address is shown in messages. */
function isServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    /^(libsql|https?|wss?):$/.test(url.protocol) &&
    url.host !== '' &&
    !url.username &&
    !url.password &&
    !url.search
  );
}

function fileAt(file: string): StoreLocation {
  return { kind: 'file', url: pathToFileURL(file).href, file };
}
