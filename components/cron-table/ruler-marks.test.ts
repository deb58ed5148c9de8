import { describe, expect, it } from 'vitest';
import { rulerMarks } from './ruler-marks';

const minute = 60_000;
const from = Date.UTC(2026, 10, 21);
const to = from + 24 * 60 * minute;
const every = (minutes: number, count: number, startMinutes = 0) =>
  Array.from({ length: count }, (_, step) => from + (startMinutes + step * minutes) * minute);

describe('the ruler of a day', () => {
  it('draws a tick a run where runs stand half an hour apart or more', () => {
    expect(rulerMarks(every(360, 3), from, to)).toEqual([
      { kind: 'tick', at: 0 },
      { kind: 'tick', at: 0.25 },
      { kind: 'tick', at: 0.5 },
    ]);
    expect(rulerMarks(every(30, 48), from, to)).toHaveLength(48);
  });

  it('draws one band where ticks would nearly touch', () => {
    const marks = rulerMarks(every(15, 40, 8 * 60), from, to);
    expect(marks).toHaveLength(1);
    expect(marks[0]).toMatchObject({ kind: 'band', from: 8 / 24 });
  });

  it('fills the line where runs are ten minutes apart or less, and never beyond the day', () => {
    expect(rulerMarks(every(5, 288), from, to)).toEqual([
      { kind: 'solid', from: 0, to: expect.closeTo(0.9972, 3) },
    ]);
    const marks = rulerMarks(every(1, 1440), from, to);
    expect(marks).toEqual([{ kind: 'solid', from: 0, to: 1 }]);
  });

  it('shows the same whether runs closer than five minutes are all given or thinned', () => {
    const all = rulerMarks(every(1, 241), from, to);
    const thinned = rulerMarks(every(5, 49), from, to);
    expect(all.map(({ kind }) => kind)).toEqual(thinned.map(({ kind }) => kind));
  });

  it('tells a busy morning from a single run at night', () => {
    const marks = rulerMarks([...every(15, 8, 9 * 60), from + 22 * 60 * minute], from, to);
    expect(marks.map(({ kind }) => kind)).toEqual(['band', 'tick']);
  });

  it('draws each run once, in order, and loses none between two densities', () => {
    const runs = [...every(5, 13), ...every(120, 3, 3 * 60)];
    const marks = rulerMarks(runs, from, to);
    expect(marks.map(({ kind }) => kind)).toEqual(['solid', 'tick', 'tick', 'tick']);
  });

  it('is empty without runs', () => {
    expect(rulerMarks([], from, to)).toEqual([]);
  });
});
