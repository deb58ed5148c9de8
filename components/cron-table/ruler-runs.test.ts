import { describe, expect, it } from 'vitest';
import { rulerAxis } from './ruler-axis';
import { rulerContent } from './ruler-runs';

const from = Date.UTC(2026, 10, 21, 13, 8);
const to = from + 86_400_000;
const of = (schedule: string, more: Partial<Parameters<typeof rulerContent>[0]> = {}) =>
  rulerContent({ schedule, zone: 'Europe/Berlin', endMs: null, secondsFirst: false, ...more }, from, to);

describe('what the ruler shows of a schedule', () => {
  it('places a daily run by its own zone', () => {
    const at = (Date.UTC(2026, 10, 22, 8) - from) / 86_400_000;
    expect(of('0 9 * * *')).toEqual({ kind: 'marks', marks: [{ kind: 'tick', at: expect.closeTo(at, 9) }] });
  });

  it('says when nothing runs within the day', () => {
    expect(of('0 9 1 1 *')).toEqual({ kind: 'nothing' });
  });

  it('leaves out what would come after the end', () => {
    expect(of('0 * * * *', { endMs: from + 2 * 3_600_000 })).toMatchObject({ marks: [{}, {}] });
    expect(of('0 * * * *', { endMs: from })).toEqual({ kind: 'nothing' });
  });

  it('does not guess where a schedule or zone cannot be read', () => {
    expect(of('every day')).toEqual({ kind: 'unknown' });
    expect(of('R * * * *')).toEqual({ kind: 'unknown' });
    expect(of('0 9 * * *', { zone: 'Mars/Olympus' })).toEqual({ kind: 'unknown' });
  });

  it('reads seconds where the server has them', () => {
    expect(of('0 30 9 * * *', { secondsFirst: true })).toMatchObject({ marks: [{ kind: 'tick' }] });
    expect(of('* * * * * *')).toMatchObject({ marks: [{ kind: 'solid' }] });
  });
});

describe('the axis of the ruler', () => {
  it('has a line at each quarter of the viewer’s day', () => {
    expect(rulerAxis(from, 'Europe/Berlin').lines.map(({ label }) => label)).toEqual([
      '18',
      '00',
      '06',
      '12',
    ]);
    expect(rulerAxis(from, 'Europe/Berlin').lines[0]?.at).toBeCloseTo((3 * 60 + 52) / 1440, 9);
  });

  it('knows zones that are off by three quarters of an hour', () => {
    const lines = rulerAxis(from, 'Asia/Kathmandu').lines;
    expect(lines.map(({ label }) => label)).toEqual(['00', '06', '12', '18']);
  });

  it('moves its lines where clocks change in between', () => {
    const eve = Date.UTC(2026, 2, 28, 12); // clocks go forward in the night
    const [, midnight, six] = rulerAxis(eve, 'Europe/Berlin').lines;
    expect((six?.at ?? 0) - (midnight?.at ?? 0)).toBeCloseTo(5 / 24, 9);
  });
});
