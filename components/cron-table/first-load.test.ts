import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const entries = ['app/layout.tsx', 'app/[deployment]/layout.tsx', 'app/[deployment]/crons/page.tsx'];
/** What is larger than what it would be used for before somebody acts; it belongs behind an `import()`. */
const heavy = /^(zod|@base-ui|cmdk|react-hook-form|@codemirror|cronstrue|@rjsf)\b|^@\/lib\/schedule\//;

/** What a module imports when it runs, by the names it uses; imports of types alone are none. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)([^;]*?)\s*from\s+'([^']+)'/gm)].flatMap(
    ([, names = '', from = '']) => {
      const listed = /^\{([^}]*)\}$/.exec(names.trim())?.[1]?.split(',');
      const onlyTypes = listed?.every((name) => /^\s*(type\s.*)?$/s.test(name)) ?? false;
      return onlyTypes ? [] : [from];
    },
  );
}

function fileOf(name: string, importer: string): string | null {
  const base = name.startsWith('@/') ? name.slice(2) : path.join(path.dirname(importer), name);
  return (
    ['', '.ts', '.tsx']
      .map((end) => base + end)
      .find((file) => /\.tsx?$/.test(file) && existsSync(path.join(root, file))) ?? null
  );
}

it('the crons page loads nothing heavy before its rows are there', () => {
  const ways = new Map(entries.map((entry) => [entry, entry]));
  const found: string[] = [];
  for (const [file, way] of ways) {
    for (const name of importsOf(file)) {
      if (heavy.test(name)) found.push(`${way} -> ${name}`);
      const next = /^[.@]\/|^\.\.\//.test(name) ? fileOf(name, file) : null;
      // A map goes on with what is added while it is walked.
      if (next !== null && !ways.has(next)) ways.set(next, `${way} -> ${next}`);
    }
  }
  expect(ways.size).toBeGreaterThan(60);
  expect(found).toEqual([]);
});
