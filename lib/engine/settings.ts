import path from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type Problem, type Result } from '@/lib/result';

/** How the engine is started. */
export type EngineSettings = {
  readonly host: string;
  readonly port: number;
  /** Folder of the engine's file and of the local deployment's state. */
  readonly dataDir: string;
  /** Agent Server to stand in front of; null: run the local deployment. */
  readonly upstream: URL | null;
  readonly runtime: RuntimeSettings;
};

/** What the engine needs however it is run, also as a plug-in. */
export type RuntimeSettings = {
  readonly upstreamHeaders: Readonly<Record<string, string>>;
  readonly allowLoopbackWebhooks: boolean;
  readonly maxBodyBytes: number;
  readonly keepFiringsMs: number;
  readonly logLevel: string;
};

export type SettingsError = Problem<'bad-setting'>;
export type Env = Readonly<Record<string, string | undefined>>;

export const USAGE = `Usage: npm run engine -- [options]

  --port N        port to listen on (CRONDECK_LOCAL_PORT, default 2024)
  --host ADDRESS  address to listen on (CRONDECK_ENGINE_HOST, default 127.0.0.1)
  --data FOLDER   where crons and the local deployment are kept (CRONDECK_DATA_DIR, default .crondeck)
  --upstream URL  add crons to this Agent Server instead of starting the local deployment (CRONDECK_UPSTREAM)
  --help          this text`;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);
const DAY_MS = 86_400_000;
const MIB = 1024 * 1024;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Reads options, then the environment, then defaults. A value that makes no sense is an error that names its setting. */
export function engineSettings(args: readonly string[], env: Env): Result<EngineSettings, SettingsError> {
  const given = readArgs(args);
  if (!given.ok) return given;
  const options = given.value;
  const port = readNumber('--port', options.port ?? env['CRONDECK_LOCAL_PORT'], 2024, 1, 65_535);
  if (!port.ok) return port;
  const host = options.host ?? (env['CRONDECK_ENGINE_HOST'] || '127.0.0.1');
  if (!LOOPBACK.has(host) && env['CRONDECK_ALLOW_OPEN'] !== '1') {
    return bad(
      `The engine has no access control, so it does not listen on ${host}.`,
      'Leave --host away, put a server with access control in front, or set CRONDECK_ALLOW_OPEN=1 to open it all the same.',
    );
  }
  const upstreamText = options.upstream ?? env['CRONDECK_UPSTREAM'];
  const upstream = upstreamText ? readUpstream(upstreamText) : ok(null);
  if (!upstream.ok) return upstream;
  const runtime = runtimeSettings(env);
  if (!runtime.ok) return runtime;
  return ok({
    host,
    port: port.value,
    dataDir: path.resolve(options.data ?? (env['CRONDECK_DATA_DIR'] || '.crondeck')),
    upstream: upstream.value,
    runtime: runtime.value,
  });
}

/** The part of the settings that comes from the environment alone. */
export function runtimeSettings(env: Env): Result<RuntimeSettings, SettingsError> {
  const maxBodyMb = readNumber('CRONDECK_MAX_BODY_MB', env['CRONDECK_MAX_BODY_MB'], 16, 1, 300);
  if (!maxBodyMb.ok) return maxBodyMb;
  const keepDays = readNumber('CRONDECK_KEEP_FIRINGS_DAYS', env['CRONDECK_KEEP_FIRINGS_DAYS'], 30, 1, 3650);
  if (!keepDays.ok) return keepDays;
  const logLevel = env['CRONDECK_LOG_LEVEL'] || 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    return bad(`CRONDECK_LOG_LEVEL=${logLevel} is not a level.`, `Use one of ${LOG_LEVELS.join(', ')}.`);
  }
  const key = env['CRONDECK_UPSTREAM_API_KEY'];
  return ok({
    upstreamHeaders: key ? { 'x-api-key': key } : {},
    allowLoopbackWebhooks: env['CRONDECK_WEBHOOK_ALLOW_LOOPBACK'] === '1',
    maxBodyBytes: maxBodyMb.value * MIB,
    keepFiringsMs: keepDays.value * DAY_MS,
    logLevel,
  });
}

type Options = Partial<Record<'port' | 'host' | 'data' | 'upstream', string>>;

function readArgs(args: readonly string[]): Result<Options, SettingsError> {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: text, host: text, data: text, upstream: text },
    });
    return ok(values);
  } catch (cause) {
    return bad(cause instanceof Error ? cause.message : String(cause), USAGE);
  }
}

function readNumber(
  name: string,
  text: string | undefined,
  fallback: number,
  min: number,
  max: number,
): Result<number, SettingsError> {
  if (text === undefined || text.trim() === '') return ok(fallback);
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return ok(value);
  return bad(`${name} is ${text}.`, `Give it a whole number from ${min} to ${max}.`);
}

function readUpstream(text: string): Result<URL, SettingsError> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return ok(url);
  return bad(
    `--upstream ${text} is not a URL.`,
    'Give the address of the Agent Server, such as http://127.0.0.1:8123.',
  );
}

function bad(message: string, hint: string): Result<never, SettingsError> {
  return err({ code: 'bad-setting', message, hint });
}
