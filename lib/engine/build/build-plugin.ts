import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

// npm run build:engine: makes `crondeck/engine` (dist/engine) out of plugin.ts, one file of JavaScript and its types.

const ROOT = path.resolve(import.meta.dirname, '../../..');
const ENTRY = path.join(ROOT, 'lib/engine/plugin.ts');
const OUT = path.join(ROOT, 'dist/engine');

await mkdir(OUT, { recursive: true });
await build({
  entryPoints: [ENTRY],
  outfile: path.join(OUT, 'index.js'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Our own files go in, installed packages stay imports: the native SQLite must come from npm.
  packages: 'external',
  alias: { '@': ROOT },
  legalComments: 'none',
  logLevel: 'warning',
});

const types = ts.transpileDeclaration(await readFile(ENTRY, 'utf8'), {
  fileName: ENTRY,
  reportDiagnostics: true,
  compilerOptions: { isolatedDeclarations: true, declaration: true },
});
const [problem] = types.diagnostics ?? [];
if (problem !== undefined) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
await writeFile(path.join(OUT, 'index.d.ts'), types.outputText);
