import 'server-only';
import { z } from 'zod';
import { deploymentIdSchema, type DeploymentId } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';

export const configFileName = 'crondeck.config.json';
const defaultLocalUrl = 'http://127.0.0.1:2024';

/** A deployment with its secrets. It stays in lib/server: what the browser may see is DeploymentInfo. */
export type DeploymentConfig = {
  readonly id: DeploymentId;
  readonly name: string;
  /** http(s) address without credentials, query or trailing slash. */
  readonly url: string;
  readonly apiKey: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly isLocal: boolean;
};

type Env = Readonly<Record<string, string | undefined>>;

const urlSchema = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const message =
    url === null || !/^https?:$/.test(url.protocol)
      ? 'must be an http or https address, like https://my-agents.example.com'
      : url.username || url.password
        ? 'must not contain a user name or password: put the name of a variable into apiKeyEnv, or use headers'
        : url.search || url.hash
          ? 'must not contain "?" or "#"'
          : null;
  if (url === null || message !== null) {
    context.addIssue({ code: 'custom', message: message ?? 'is not an address' });
    return z.NEVER;
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
});

const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is not a header name');
const headerValue = z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be one line of text');

const fileSchema = z.strictObject({
  deployments: z
    .array(
      z.strictObject({
        id: deploymentIdSchema,
        name: z
          .string()
          .trim()
          .min(1, 'must not be empty')
          .max(80, 'must have at most 80 characters')
          .optional(),
        url: urlSchema,
        apiKeyEnv: z
          .string()
          .regex(
            /^[A-Za-z_][A-Za-z0-9_]*$/,
            'must be the name of an environment variable, not the key itself',
          )
          .optional(),
        headers: z.record(headerName, headerValue).default({}),
      }),
    )
    .min(1, 'must name at least one deployment')
    .refine(
      (list) => new Set(list.map((item) => item.id)).size === list.length,
      'must not use the same id twice',
    ),
});

function configError(where: string, what: string, hint: string): Result<never, Problem<'config'>> {
  return err({ code: 'config', message: `${where}: ${what}`, hint });
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function fromFile(text: string, env: Env): Result<readonly DeploymentConfig[], Problem<'config'>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return configError(
      configFileName,
      `is not valid JSON (${(error as Error).message}).`,
      'Correct the file, then restart Crondeck.',
    );
  }
  const read = fileSchema.safeParse(json);
  if (!read.success) {
    const issue = read.error.issues[0];
    const key = pathText(issue?.path ?? []);
    return configError(
      configFileName,
      `${key ? `${key}: ` : ''}${issue?.message ?? 'is not valid'}`,
      'Correct this key, then restart Crondeck.',
    );
  }
  const configs: DeploymentConfig[] = [];
  for (const [index, item] of read.data.deployments.entries()) {
    const apiKey = item.apiKeyEnv ? env[item.apiKeyEnv]?.trim() : undefined;
    if (item.apiKeyEnv && !apiKey) {
      return configError(
        configFileName,
        `deployments[${index}].apiKeyEnv: the environment variable ${item.apiKeyEnv} is not set.`,
        `Set ${item.apiKeyEnv} to the key of this deployment, or remove apiKeyEnv if it needs none.`,
      );
    }
    const name = item.name ?? new URL(item.url).host;
    configs.push({
      id: item.id,
      name,
      url: item.url,
      apiKey: apiKey ?? null,
      headers: item.headers,
      isLocal: false,
    });
  }
  return ok(configs);
}

function fromUrl(text: string, env: Env): Result<readonly DeploymentConfig[], Problem<'config'>> {
  const url = urlSchema.safeParse(text);
  if (!url.success) {
    return configError(
      'LANGGRAPH_API_URL',
      url.error.issues[0]?.message ?? 'is not an address',
      'Correct the variable, then restart Crondeck.',
    );
  }
  const id = deploymentIdSchema.parse('default');
  const apiKey = env.LANGSMITH_API_KEY?.trim() || null;
  return ok([{ id, name: new URL(url.data).host, url: url.data, apiKey, headers: {}, isLocal: false }]);
}

/**
 * The deployments of this installation. `configFile` is the text of crondeck.config.json in the working directory, or
 * null where there is none. The file wins over LANGGRAPH_API_URL; with neither there is the local deployment alone.
 */
export function configuredDeployments(
  env: Env,
  configFile: string | null,
): Result<readonly DeploymentConfig[], Problem<'config'>> {
  if (configFile !== null) return fromFile(configFile, env);
  const remote = env.LANGGRAPH_API_URL?.trim();
  if (remote) return fromUrl(remote, env);
  const url = (env.CRONDECK_LOCAL_URL?.trim() || defaultLocalUrl).replace(/\/+$/, '');
  return ok([
    {
      id: deploymentIdSchema.parse('local'),
      name: 'Local deployment',
      url,
      apiKey: null,
      headers: {},
      isLocal: true,
    },
  ]);
}
