import { describe, expect, it } from 'vitest';
import { errorDetail, problemOfFailure, problemOfStatus, retryAfterMs } from './upstream-problem';

const now = Date.UTC(2026, 10, 21, 12);

describe('errorDetail', () => {
  it.each([
    ['the Agent Server', { detail: "Assistant 'x' not found" }, "Assistant 'x' not found"],
    [
      'its schema errors, without the dump below',
      { detail: '5 is not of type "string"\n\nFailed validating "type" in schema' },
      '5 is not of type "string"',
    ],
    [
      'FastAPI',
      { detail: [{ loc: ['body', 'schedule'], msg: 'field required' }] },
      'schedule: field required',
    ],
    ['Aegra', { error: 'validation_error', message: 'Invalid cron', details: {} }, 'Invalid cron'],
    [
      'the JavaScript server',
      { success: false, error: { issues: [{ message: 'Invalid uuid', path: ['thread_id'] }] } },
      'thread_id: Invalid uuid',
    ],
    ['an error object', { error: { message: 'no such thing' } }, 'no such thing'],
    ['an error text', { error: 'crons not implemented' }, 'crons not implemented'],
    ['plain text', 'Internal Server Error', 'Internal Server Error'],
    ['an HTML page, which tells a person nothing', '<html><body>502</body></html>', null],
    ['nothing', null, null],
    ['something else', { ok: false }, null],
  ])('reads the sentence of %s', (_case, body, detail) => {
    expect(errorDetail(body)).toBe(detail);
  });

  it('makes hostile text one short safe line', () => {
    const detail = errorDetail({ detail: `\u202Eevil\u0000 ${'x'.repeat(100_000)}` });
    expect(detail).toMatch(/^evil x+…$/);
    expect(detail?.length).toBeLessThanOrEqual(400);
  });
});

describe('problemOfStatus', () => {
  it.each([
    [301, 'unexpected-reply'],
    [400, 'refused'],
    [401, 'unauthorised'],
    [403, 'unauthorised'],
    [404, 'not-found'],
    [409, 'refused'],
    [422, 'refused'],
    [429, 'rate-limited'],
    [500, 'failing'],
    [503, 'failing'],
  ])('maps %i to %s', (status, code) => {
    expect(problemOfStatus(status, { detail: 'why' }, null, now)).toMatchObject({ code, status });
  });

  it('keeps what the server said', () => {
    expect(problemOfStatus(422, { detail: "Invalid timezone: 'x'" }, null, now).message).toBe(
      "Invalid timezone: 'x'.",
    );
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['seconds', '3', 3000],
    ['a date', new Date(now + 7000).toUTCString(), 7000],
    ['a date that has passed', new Date(now - 7000).toUTCString(), 500],
    ['nothing', null, 5000],
    ['nonsense', 'soon', 5000],
    ['an hour', '3600', 300_000],
    ['less than nothing', '-5', 500],
  ])('reads %s', (_case, header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});

describe('problemOfFailure', () => {
  const failed = (code: string) =>
    new TypeError('fetch failed: http://user:secret@host', { cause: { code } });

  it.each([
    ['ECONNREFUSED', 'unreachable', 'connection was refused'],
    ['ENOTFOUND', 'unreachable', 'name of its host'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unreachable', 'certificate'],
    ['SOMETHING_NEW', 'unreachable', 'SOMETHING_NEW'],
  ])('explains %s', (code, problem, words) => {
    expect(problemOfFailure(failed(code))).toMatchObject({
      code: problem,
      message: expect.stringContaining(words),
    });
  });

  it('tells a timeout from a cancelled request', () => {
    expect(problemOfFailure(new DOMException('', 'TimeoutError')).code).toBe('timeout');
    expect(problemOfFailure(new DOMException('', 'AbortError')).code).toBe('cancelled');
  });

  it('passes nothing of the exception on, which may hold secrets', () => {
    expect(JSON.stringify(problemOfFailure(failed('ECONNREFUSED')))).not.toContain('secret');
  });
});
