import 'server-only';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { configFileName, configuredDeployments } from './config';
import { Deployment } from './deployment';

type Deployments = ReadonlyMap<string, Deployment>;

// On globalThis and not in the module: a development reload makes new modules, and each index holds many crons.
const key = Symbol.for('crondeck.deployments');
const shared = globalThis as { [key]?: Result<Deployments, Problem<'config'>> };

function load(): Result<Deployments, Problem<'config'>> {
  const file = path.join(/* turbopackIgnore: true */ process.cwd(), configFileName);
  const configs = configuredDeployments(process.env, existsSync(file) ? readFileSync(file, 'utf8') : null);
  if (!configs.ok) return configs;
  return ok(new Map(configs.value.map((config) => [config.id, new Deployment(config, Date.now)])));
}

/** The deployments of this process, read from the configuration once. */
export function allDeployments(): Result<Deployments, Problem<'config'>> {
  shared[key] ??= load();
  return shared[key];
}

/** One deployment by the id in the address. */
export function deploymentById(id: string): Result<Deployment, Problem> {
  const all = allDeployments();
  if (!all.ok) return all;
  const found = all.value.get(id);
  if (found) return ok(found);
  return err({
    code: 'unknown-deployment',
    message: `There is no deployment called "${id}".`,
    hint: 'Choose one from the list, or add it to the configuration.',
  });
}
