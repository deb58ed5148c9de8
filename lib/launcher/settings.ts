import { existsSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Problem, type Result } from '@/lib/result';

/** What `npm start` is to do. Ports are TCP ports; `local` is null where the user has configured a deployment. */
export type LaunchSettings = {
  readonly host: string;
  readonly port: number;
  readonly local: LocalSettings | null;
};

/** `portIsChosen` says that somebody asked for this very port, so that no other may be taken in its place. */
export type LocalSettings = {
  readonly port: number;
  readonly portIsChosen: boolean;
  readonly dataDir: string;
};

type Env = Readonly<Record<string, string | undefined>>;

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

function readPort(env: Env, name: string, fallback: number): Result<number, Problem> {
  const text = env[name]?.trim();
  if (!text) return ok(fallback);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return ok(port);
  return err({
    code: 'bad-port',
    message: `${name}=${text} is not a port.`,
    hint: `Set ${name} to a number from 1 to 65535, or unset it.`,
  });
}

/**
 * Reads the settings of the launcher from the environment and the project folder.
 * Without CRONDECK_ALLOW_OPEN=1 only loopback addresses are accepted: there is no access control yet, and whoever
 * reaches the dashboard can stop every cron.
 */
export function launchSettings(env: Env, root: string): Result<LaunchSettings, Problem> {
  const port = readPort(env, 'PORT', 3000);
  if (!port.ok) return port;
  const localPort = readPort(env, 'CRONDECK_LOCAL_PORT', 2024);
  if (!localPort.ok) return localPort;
  const host = env.CRONDECK_HOST?.trim() || '127.0.0.1';
  if (!loopback.has(host) && env.CRONDECK_ALLOW_OPEN !== '1') {
    return err({
      code: 'open-address',
      message: `Refusing to listen on ${host}: anybody who reaches it could change and delete every cron.`,
      hint: 'Keep 127.0.0.1 and put a proxy that asks for a login in front, or set CRONDECK_ALLOW_OPEN=1 if the network is closed.',
    });
  }
  const configured =
    Boolean(env.LANGGRAPH_API_URL?.trim()) || existsSync(path.join(root, 'crondeck.config.json'));
  const dataDir = env.CRONDECK_DATA_DIR?.trim() || path.join(root, '.crondeck');
  return ok({
    host,
    port: port.value,
    local: configured
      ? null
      : { port: localPort.value, portIsChosen: Boolean(env.CRONDECK_LOCAL_PORT?.trim()), dataDir },
  });
}
