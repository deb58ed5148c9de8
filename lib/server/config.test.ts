import { describe, expect, it } from 'vitest';
import { configuredDeployments } from './config';

const file = (deployments: unknown) => JSON.stringify({ deployments });
const one = {
  id: 'prod',
  name: 'Production',
  url: 'https://agents.example.com/',
  apiKeyEnv: 'PROD_KEY',
  headers: { 'x-team': 'ops' },
};

describe('configuredDeployments', () => {
  it('is the local deployment where nothing is configured', () => {
    expect(configuredDeployments({}, null)).toEqual({
      ok: true,
      value: [
        {
          id: 'local',
          name: 'Local deployment',
          url: 'http://127.0.0.1:2024',
          apiKey: null,
          headers: {},
          isLocal: true,
        },
      ],
    });
  });

  it('takes the address of the local deployment from the launcher', () => {
    expect(configuredDeployments({ CRONDECK_LOCAL_URL: 'http://127.0.0.1:2025/' }, null)).toMatchObject({
      value: [{ url: 'http://127.0.0.1:2025', isLocal: true }],
    });
  });

  it('is the one deployment of LANGGRAPH_API_URL, named by its host', () => {
    const env = { LANGGRAPH_API_URL: ' https://x.langgraph.app/base/ ', LANGSMITH_API_KEY: 'key' };
    expect(configuredDeployments(env, null)).toEqual({
      ok: true,
      value: [
        {
          id: 'default',
          name: 'x.langgraph.app',
          url: 'https://x.langgraph.app/base',
          apiKey: 'key',
          headers: {},
          isLocal: false,
        },
      ],
    });
  });

  it('takes several from the file, which wins over the environment', () => {
    const configs = configuredDeployments(
      { LANGGRAPH_API_URL: 'https://other', PROD_KEY: 's3cret' },
      file([one, { id: 'test', url: 'http://localhost:8123' }]),
    );
    expect(configs).toEqual({
      ok: true,
      value: [
        {
          id: 'prod',
          name: 'Production',
          url: 'https://agents.example.com',
          apiKey: 's3cret',
          headers: { 'x-team': 'ops' },
          isLocal: false,
        },
        {
          id: 'test',
          name: 'localhost:8123',
          url: 'http://localhost:8123',
          apiKey: null,
          headers: {},
          isLocal: false,
        },
      ],
    });
  });

  it.each([
    ['broken JSON', '{', 'is not valid JSON'],
    ['no deployments', file([]), 'deployments: must name at least one'],
    [
      'an id that does not fit into addresses',
      file([{ ...one, id: 'Prod 1' }]),
      'deployments[0].id: Use 1 to 40 small letters',
    ],
    ['the same id twice', file([one, one]), 'deployments: must not use the same id twice'],
    [
      'an address of another kind',
      file([{ ...one, url: 'ftp://x' }]),
      'deployments[0].url: must be an http or https address',
    ],
    [
      'credentials in the address',
      file([{ ...one, url: 'https://me:pw@x' }]),
      'deployments[0].url: must not contain a user name',
    ],
    [
      'the key itself in place of its name',
      file([{ ...one, apiKeyEnv: 'lsv2_pt_abc-def' }]),
      'deployments[0].apiKeyEnv: must be the name of an environment variable',
    ],
    [
      'a variable that is not set',
      file([{ ...one, apiKeyEnv: 'MISSING' }]),
      'deployments[0].apiKeyEnv: the environment variable MISSING is not set',
    ],
    [
      'a header that would split the request',
      file([{ ...one, headers: { a: 'x\r\ny' } }]),
      'deployments[0].headers.a: must be one line',
    ],
    ['a key nobody knows', file([{ ...one, apikey: 'x' }]), 'apikey'],
  ])('names file and key for %s', (_case, text, message) => {
    const configs = configuredDeployments({ PROD_KEY: 'x' }, text);
    expect(configs).toMatchObject({
      ok: false,
      error: { code: 'config', hint: expect.stringContaining('.') },
    });
    const said = configs.ok ? '' : configs.error.message;
    expect(said).toContain(message);
    expect(said).toContain('crondeck.config.json');
  });

  it('never repeats the value of a wrong key', () => {
    const configs = configuredDeployments({}, file([{ ...one, apiKeyEnv: 'lsv2_pt_abc-def' }]));
    expect(JSON.stringify(configs)).not.toContain('lsv2_pt_abc-def');
  });

  it('names the variable when LANGGRAPH_API_URL is no address', () => {
    expect(configuredDeployments({ LANGGRAPH_API_URL: 'my-host' }, null)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('LANGGRAPH_API_URL') },
    });
  });
});
