import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Everything the built dashboard is made from; tests and the engine are not. */
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'next.config.mjs',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.json',
];
const notBuilt = /(\.(test|bench)\.tsx?$)|([\\/]lib[\\/](engine|launcher)([\\/]|$))/;

function newest(file: string): number {
  if (notBuilt.test(file)) return 0;
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(file).reduce((latest, name) => Math.max(latest, newest(path.join(file, name))), 0);
}

/** True where there is no build, or a source file is newer than it. */
export function needsBuild(root: string): boolean {
  const built = statSync(path.join(root, '.next', 'BUILD_ID'), { throwIfNoEntry: false });
  return !built || sources.some((name) => newest(path.join(root, name)) > built.mtimeMs);
}
