import { inject, test } from 'vitest';
import { deviationOf } from '../deviations';
import { withPatience } from './patience';
import type { ServerUnderTest } from './server-under-test';

/** What a case cannot do without; where it is missing the case is skipped and the reason printed. */
export type Need =
  | 'probe graph'
  | 'slow agent'
  | 'failing agent'
  | 'webhooks to this machine'
  | 'no webhooks to this machine'
  | 'Python SDK';

function missing(server: ServerUnderTest, needs: readonly Need[]): Need | undefined {
  return needs.find((need) => {
    switch (need) {
      case 'probe graph':
        return server.agents !== 'probe';
      case 'slow agent':
      case 'failing agent':
        return server.agents === 'own';
      case 'webhooks to this machine':
        return server.loopbackWebhooks !== 'allowed';
      case 'no webhooks to this machine':
        return server.loopbackWebhooks !== 'refused';
      case 'Python SDK':
        return server.python === null;
    }
  });
}

/**
 * One case of the contract. Where the table lists a deviation of this server for `id`, the case must fail,
 * and in the listed way: a deviation that has gone, or changed, is a failure too.
 */
export function contract(
  id: string,
  rule: string,
  body: () => Promise<void>,
  needs: readonly Need[] = [],
): void {
  test(`${id} ${rule}`, async ({ skip, task }) => {
    const server = inject('server');
    const need = missing(server, needs);
    if (need) {
      // The runner prints what was missing; a reporter would not.
      Object.assign(task.meta, { needs: need });
      skip();
    }
    const deviation = deviationOf(server, id);
    if (!deviation) return withPatience(false, body);
    const failure = await withPatience(deviation.seen.source.includes('never'), body).then(
      () => null,
      (error: unknown) => error,
    );
    if (failure === null) {
      throw new Error(`The listed deviation is gone: "${deviation.does}" no longer holds for ${id}.`);
    }
    if (!deviation.seen.test(String(failure))) {
      throw new Error(`Deviates otherwise than listed (${String(deviation.seen)}): ${String(failure)}`, {
        cause: failure,
      });
    }
  });
}
