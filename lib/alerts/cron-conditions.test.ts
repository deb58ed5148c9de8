import { describe, expect, test } from 'vitest';
import { assistantIdSchema, cronIdSchema } from '@/lib/crons/ids';
import type { Finding, FindingCode } from '@/lib/health/finding';
import { findingKinds } from '@/lib/health/finding-kinds';
import { cronConditions, type CronSubject } from './cron-conditions';
import { deploymentConditions } from './deployment-conditions';

const noon = Date.UTC(2026, 10, 21, 12);
const day = 86_400_000;
const cronId = cronIdSchema.parse('00000000-0000-4000-8000-000000000001');
const assistantId = assistantIdSchema.parse('00000000-0000-4000-8000-000000000002');
const settings = { failingAfter: 'third', endingDays: 3, zone: 'Europe/Berlin' } as const;

function aCron(part: Partial<CronSubject> = {}): CronSubject {
  return {
    cronId,
    name: 'Price watch',
    status: 'active',
    findings: [],
    lastRun: null,
    lastError: null,
    endMs: null,
    threadKnown: true,
    ...part,
  };
}

function aFinding(code: FindingCode, title: string, evidence: Finding['evidence'] = []): Finding {
  const { severity, whyItMatters, actions } = findingKinds[code];
  return { code, severity, cronId, title, evidence, whyItMatters, source: null, actions };
}

const rulesOf = (cron: CronSubject, wish: Partial<Parameters<typeof cronConditions>[1]> = {}) =>
  cronConditions(cron, { ...settings, ...wish }, noon).map(({ rule, unsure }) =>
    unsure ? `${rule}?` : rule,
  );

describe('failing', () => {
  const failed = aFinding('failing', 'Its last 3 runs failed.', [
    { label: 'Failing since', kind: 'instant', atMs: noon - 5 },
  ]);

  test('says since when, and the last error', () => {
    expect(cronConditions(aCron({ findings: [failed], lastError: 'No <b>key</b>' }), settings, noon)).toEqual(
      [
        {
          rule: 'failing',
          subject: cronId,
          name: 'Price watch',
          why: 'Its last 3 runs failed. It said: No <b>key</b>',
          sinceMs: noon - 5,
          unsure: false,
        },
      ],
    );
  });

  test.each([
    ['error', 'failing', 'failing?'],
    ['timeout', 'failing', 'failing?'],
    ['not-started', 'failing', 'failing?'],
    ['running', 'failing?', 'failing?'],
    ['vanished', 'failing?', 'failing?'],
    ['success', undefined, undefined],
    ['interrupted', undefined, undefined],
  ] as const)('a last run with status %s: at the first %s, at the third %s', (status, first, third) => {
    const cron = aCron({ lastRun: { atMs: noon, status } });
    expect(rulesOf(cron, { failingAfter: 'first' })[0]).toBe(first);
    expect(rulesOf(cron, { failingAfter: 'third' })[0]).toBe(third);
  });

  test('a paused cron is nobody’s alert', () => {
    expect(rulesOf(aCron({ status: 'paused', findings: [failed], endMs: noon + day }))).toEqual([]);
  });
});

test('a cron that waits for a stopped scheduler stays overdue if it was, and does not become so', () => {
  expect(rulesOf(aCron({ findings: [aFinding('overdue', 'It was due.')] }))).toEqual(['overdue']);
  expect(rulesOf(aCron({ findings: [aFinding('scheduler-down', 'It waits.')] }))).toEqual(['overdue?']);
});

test('whether it waits for a human is not known before its thread was read', () => {
  expect(rulesOf(aCron({ threadKnown: false }))).toEqual(['waiting-for-human?']);
  expect(rulesOf(aCron({ findings: [aFinding('waiting-for-human', 'It waits.')] }))).toEqual([
    'waiting-for-human',
  ]);
});

test.each([
  [-1, []],
  [1, ['ending-soon']],
  [3 * day, ['ending-soon']],
  [3 * day + 1, []],
])('an end date %d ms away', (away, rules) => {
  expect(rulesOf(aCron({ endMs: noon + away }))).toEqual(rules);
});

test('of an end date its day and time are told, in the zone of the settings', () => {
  const [ending] = cronConditions(aCron({ endMs: noon + day }), settings, noon);
  expect(ending?.why).toBe('It runs until Sun 22 Nov, 13:00 and then no more.');
});

test('names are made safe before they go anywhere', () => {
  const [condition] = cronConditions(
    aCron({ name: 'Evil\r\nBcc: all\u202e@x', endMs: noon + day }),
    settings,
    noon,
  );
  expect(condition?.name).toBe('Evil Bcc: all @x');
});

describe('of the deployment', () => {
  const working = { kind: 'working', lastSignMs: null, overdue: 0, causes: [], suspects: [] } as const;
  const month = { budget: null, assistants: [] };

  test('a stopped scheduler is one alert, with its cause where that is known', () => {
    const scheduler = { ...working, kind: 'stopped', overdue: 12, lastSignMs: noon } as const;
    expect(deploymentConditions({ name: 'Production', scheduler, cause: null, month })).toMatchObject([
      {
        rule: 'scheduler-down',
        subject: 'deployment',
        sinceMs: noon,
        unsure: false,
        why: '12 crons wait, and nothing that was due has started.',
      },
    ]);
    const [known] = deploymentConditions({ name: 'Production', scheduler, cause: 'Old campaign', month });
    expect(known?.why).toBe('12 crons wait: the end date of the cron “Old campaign” stops it.');
  });

  test('one late cron alone does not open it', () => {
    const scheduler = { ...working, kind: 'unclear', overdue: 1 } as const;
    expect(deploymentConditions({ name: 'P', scheduler, cause: null, month })).toMatchObject([
      { unsure: true },
    ]);
  });

  test('each budget that is passed is an alert of its own', () => {
    const over = (sentence: string) => ({ amount: 5, state: 'over', sentence }) as const;
    const assistants = [{ ...over('Scout is over.'), assistantId, name: 'Scout' }];
    const found = deploymentConditions({
      name: 'P',
      scheduler: working,
      cause: null,
      month: { budget: over('P is over.'), assistants },
    });
    expect(found.map(({ subject, name, why }) => [subject, name, why])).toEqual([
      ['deployment', 'P', 'P is over.'],
      [assistantId, 'Scout', 'Scout is over.'],
    ]);
  });
});
