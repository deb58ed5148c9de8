// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CronList, CronRow } from '@/lib/crons/cron-list';
import { useHeldOrder } from './use-held-order';

const list = (order: string): CronList =>
  ({
    rows: [...order].map((cronId) => ({ cronId }) as CronRow),
    offset: 0,
    total: order.length,
    matching: order.length,
    groups: [],
  }) as unknown as CronList;

function Rows({ fresh, query }: { fresh: readonly CronList[]; query: string }) {
  const [shown] = useHeldOrder(fresh, query);
  return (
    <>
      <output>{shown?.rows.map(({ cronId }) => cronId).join('')}</output>
      <div data-row={0}>a row</div>
      <p>elsewhere</p>
    </>
  );
}

const shown = () => screen.getByRole('status').textContent;
const point = (at: string, pointerType = 'mouse') =>
  fireEvent(
    screen.getByText(at),
    Object.assign(new MouseEvent('pointermove', { bubbles: true }), { pointerType }),
  );

describe('the order of rows', () => {
  let nowMs = 0;
  beforeEach(() => {
    nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    vi.spyOn(Event.prototype, 'timeStamp', 'get').mockImplementation(() => nowMs);
  });
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
  });
  const setUp = () => {
    const { rerender } = render(<Rows fresh={[list('abc')]} query="q" />);
    return (order: string, query = 'q') => rerender(<Rows fresh={[list(order)]} query={query} />);
  };

  it('is held while a mouse moves over a row, and let go with the next answer after it has left', () => {
    const answer = setUp();
    point('a row');
    answer('bca');
    expect(shown()).toBe('abc');
    point('elsewhere');
    answer('cab');
    expect(shown()).toBe('cab');
  });

  it('is let go where the mouse has rested for long', () => {
    const answer = setUp();
    point('a row');
    nowMs = 9_000;
    answer('bca');
    expect(shown()).toBe('bca');
  });

  it('is the new one at once where nobody points, a finger did, or another query is answered', () => {
    const answer = setUp();
    answer('bca');
    expect(shown()).toBe('bca');
    point('a row', 'touch');
    answer('cab');
    expect(shown()).toBe('cab');
    point('a row');
    answer('abc', 'another');
    expect(shown()).toBe('abc');
  });

  it('is held anew after a cron has gone meanwhile', () => {
    const answer = setUp();
    point('a row');
    answer('bc');
    expect(shown()).toBe('bc');
    answer('cb');
    expect(shown()).toBe('bc');
  });
});
