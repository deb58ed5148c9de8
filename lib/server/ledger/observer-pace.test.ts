import { describe, expect, test } from 'vitest';
import { anObserver, goTo, minute } from './an-observer.test-data';
import { noon, type Bench } from './observer.test-data';

describe('how often the deployment is asked', () => {
  const searches = (it: Bench) => it.bench.requests.get('POST /runs/crons/search') ?? 0;

  test('not at all while nothing is due', async () => {
    const it = await anObserver();
    it.newCron({ schedule: '0 18 * * *' });
    await goTo(it, noon);
    const before = searches(it);
    for (let second = 2; second < 290; second += 2) await goTo(it, noon + second * 1_000);
    expect(searches(it)).toBe(before);
  });

  test('less and less often while what is due does not start', async () => {
    const it = await anObserver();
    it.newCron();
    await goTo(it, noon);
    const before = searches(it);
    for (let second = 60; second < 660; second += 2) {
      it.clock.ms = noon + second * 1_000;
      await it.observer.step(it.watched());
    }
    // A look is two searches here; one every four seconds would be three hundred.
    expect(searches(it) - before).toBeLessThan(30);
  });

  test('what is due is due on the clock of the deployment', async () => {
    const it = await anObserver();
    it.newCron();
    await goTo(it, noon);
    const before = searches(it);
    it.clock.ms = noon + minute + 10_000;
    await it.observer.step(it.watched({ clockOffsetMs: -minute }));
    expect(searches(it)).toBe(before);
    it.clock.ms = noon + 2 * minute + 10_000;
    await it.observer.step(it.watched({ clockOffsetMs: -minute }));
    expect(searches(it)).toBeGreaterThan(before);
  });
});
