import { rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isJsonObject } from '@/lib/engine/json';

/** The parts of LangChain's file store (langgraph-api 1.5) that are touched here. */
type Persistence = {
  filepath: string | null;
  data: unknown;
  name: string;
  flushTimeout: NodeJS.Timeout | undefined;
  persist(this: Persistence): Promise<void>;
  schedulePersist(this: Persistence): void;
  withGenerator(this: Persistence, ...args: unknown[]): unknown;
};
type PersistModule = { FileSystemPersistence: { prototype: Persistence }; serialize(data: unknown): string };

const RUNS_FILE = '.langgraphjs_ops.json';
const FLUSH_MS = 3000;

/** Writing everything may take at most about a twentieth of the time, however large the store has grown. */
const MAX_LOAD = 20;

/**
 * Makes the JS Agent Server's own store survive a kill better, in this process only. As shipped it postpones its write
 * with every access, so under steady traffic it never writes; it writes in place, so a kill can leave half a file, which
 * it then takes for an empty one; and runs that were under way stay "running" for ever and block their thread.
 * Here it writes every 3 s to a new file that replaces the old one, and such runs go back to "pending" at the start.
 * False: this version of the server is built differently, nothing was changed, lost runs are still found and repeated.
 */
export async function hardenAgentServer(): Promise<boolean> {
  const persistence = await loadPersistModule();
  if (persistence === null) return false;
  const { prototype } = persistence.FileSystemPersistence;
  const writes = new WeakMap<Persistence, Promise<void>>();
  const cost = new WeakMap<Persistence, number>();
  const requeued = new WeakSet<Persistence>();
  const withGenerator = prototype.withGenerator;

  prototype.persist = async function persist() {
    clearTimeout(this.flushTimeout);
    this.flushTimeout = undefined;
    const { filepath, data } = this;
    if (filepath === null || data === null) return;
    const started = performance.now();
    const text = persistence.serialize(data);
    cost.set(this, performance.now() - started);
    const write = (writes.get(this) ?? Promise.resolve()).then(() => replaceFile(filepath, text));
    // The chain must go on after a full disk; the caller of this write still hears of it.
    writes.set(
      this,
      write.catch(() => undefined),
    );
    await write;
  };

  prototype.schedulePersist = function schedulePersist() {
    this.flushTimeout ??= setTimeout(
      () => {
        this.persist().catch((error: unknown) => process.emitWarning(`state not written: ${String(error)}`));
      },
      Math.max(FLUSH_MS, (cost.get(this) ?? 0) * MAX_LOAD),
    );
  };

  prototype.withGenerator = function withRequeue(...args) {
    // The workers come through here before they take their first run, and nothing else can be running then.
    if (this.name === RUNS_FILE && !requeued.has(this)) {
      requeued.add(this);
      requeueInterrupted(this.data);
    }
    return withGenerator.apply(this, args);
  };
  return true;
}

async function replaceFile(filepath: string, text: string): Promise<void> {
  const fresh = `${filepath}.new`;
  await writeFile(fresh, text, 'utf8');
  await rename(fresh, filepath);
}

function requeueInterrupted(data: unknown): void {
  const runs = isJsonObject(data) && isJsonObject(data['runs']) ? Object.values(data['runs']) : [];
  for (const run of runs) {
    if (isJsonObject(run) && run['status'] === 'running') Reflect.set(run, 'status', 'pending');
  }
}

/** It has no public entry, so it is found beside the program that is running, or from the project's own packages. */
async function loadPersistModule(): Promise<PersistModule | null> {
  const file = path.join(agentServerDist() ?? '', 'storage/persist.mjs');
  const loaded: unknown = await import(pathToFileURL(file).href).catch(() => null);
  const known = isJsonObject(loaded) && typeof loaded['serialize'] === 'function' ? loaded : null;
  const proto: unknown = Reflect.get(Object(known?.['FileSystemPersistence']), 'prototype');
  const fits =
    typeof proto === 'object' &&
    proto !== null &&
    ['persist', 'schedulePersist', 'withGenerator'].every(
      (name) => typeof Reflect.get(proto, name) === 'function',
    );
  return fits ? (known as unknown as PersistModule) : null;
}

function agentServerDist(): string | null {
  const running = process.argv[1] ?? '';
  const inside = /^(.*[\\/]langgraph-api[\\/]dist)[\\/]/.exec(running)?.[1];
  if (inside !== undefined) return inside;
  for (const from of [path.join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return path.join(
        path.dirname(createRequire(from).resolve('@langchain/langgraph-api/package.json')),
        'dist',
      );
    } catch {
      // not installed there
    }
  }
  return null;
}
