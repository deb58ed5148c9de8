import { expect, test } from 'vitest';
import { dropReservedKeys } from '@/lib/engine/http/drop-reserved-keys';

test('ids in metadata are dropped, at the top and in config, and nothing else is', () => {
  const metadata = { thread_id: 1, assistant_id: 1, run_id: 1, cron_id: 1, team: 'ops' };
  expect(dropReservedKeys({ schedule: '* * * * *', metadata, config: { tags: ['a'], metadata } })).toEqual({
    schedule: '* * * * *',
    metadata: { team: 'ops' },
    config: { tags: ['a'], metadata: { team: 'ops' } },
  });
});

test("the server's own keys are dropped from configurable and context, the caller's stay", () => {
  const own = { langgraph_auth_user: { identity: 'root' }, __after_seconds__: 5, tone: 'dry' };
  expect(dropReservedKeys({ context: own, config: { configurable: own } })).toEqual({
    context: { tone: 'dry' },
    config: { configurable: { tone: 'dry' } },
  });
});

test('input is not looked into', () => {
  const body = { input: { metadata: { run_id: 1 } } };
  expect(dropReservedKeys(body)).toEqual(body);
});

test('what is no object is left to the validation', () => {
  for (const body of [null, [], 'text', { metadata: [], config: null, context: 5 }])
    expect(dropReservedKeys(body)).toEqual(body);
});
