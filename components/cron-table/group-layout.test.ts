import { describe, expect, it } from 'vitest';
import type { CronGroup } from '@/lib/crons/cron-list';
import { countLines, lineAt, lineOfCron } from './group-layout';

function groupsOf(...sizes: readonly number[]): readonly CronGroup[] {
  let offset = 0;
  return sizes.map((crons, place) => {
    const group = { key: `g${place}`, label: `Group ${place}`, offset, crons } as CronGroup;
    offset += crons;
    return group;
  });
}

describe('the lines of a grouped table', () => {
  const groups = groupsOf(2, 1, 3);

  it('are its crons and one heading a group, in order', () => {
    const said = Array.from({ length: countLines(6, groups) }, (_, line) => {
      const at = lineAt(line, groups);
      return at.kind === 'group' ? at.group.key : at.index;
    });
    expect(said).toEqual(['g0', 0, 1, 'g1', 2, 'g2', 3, 4, 5]);
  });

  it('find a cron where it stands', () => {
    for (let index = 0; index < 6; index += 1) {
      expect(lineAt(lineOfCron(index, groups), groups)).toEqual({ kind: 'cron', index });
    }
  });

  it('are the crons alone without groups', () => {
    expect(countLines(3, [])).toBe(3);
    expect(lineAt(2, [])).toEqual({ kind: 'cron', index: 2 });
    expect(lineOfCron(2, [])).toBe(2);
  });

  it('agree with counting for tens of thousands of groups', () => {
    const many = groupsOf(...Array.from({ length: 30_000 }, (_, place) => (place % 4) + 1));
    const total = many.reduce((sum, { crons }) => sum + crons, 0);
    for (const index of [0, 1, 5, 999, total - 1]) {
      expect(lineAt(lineOfCron(index, many), many)).toEqual({ kind: 'cron', index });
    }
    expect(lineAt(countLines(total, many) - 1, many)).toEqual({ kind: 'cron', index: total - 1 });
  });
});
