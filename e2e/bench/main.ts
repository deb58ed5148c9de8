import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

// npm run bench            every bench
// npm run bench -- NAME    NAME.bench.ts, wherever its subject lives
const wanted = process.argv[2];
const root = path.resolve(import.meta.dirname, '../..');
const files = ['lib', 'components', 'e2e']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(root, folder, name),
    ),
  )
  .filter((file) => file.endsWith('.bench.ts') && !file.includes('node_modules'))
  .toSorted();
const chosen = wanted ? files.filter((file) => path.basename(file) === `${wanted}.bench.ts`) : files;

if (chosen.length === 0) {
  const names = files.map((file) => path.basename(file, '.bench.ts')).join(', ');
  process.stderr.write(`There is no bench called "${wanted}". There are: ${names}\n`);
  process.exit(1);
}
let failed = false;
for (const file of chosen) {
  // A process each: no bench inherits another's heap or warmed-up code.
  // The guard `server-only` throws unless the code runs as server code.
  const conditions = file.includes(`${path.sep}lib${path.sep}server${path.sep}`)
    ? ['--conditions=react-server']
    : [];
  const run = spawnSync(process.execPath, ['--expose-gc', ...conditions, '--import', 'tsx', file], {
    cwd: root,
    stdio: 'inherit',
  });
  failed ||= run.status !== 0;
}
process.exit(failed ? 1 : 0);
