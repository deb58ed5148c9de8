// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { useEffect, useRef } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { useRowFocus } from './use-row-focus';

const row = { focus: (_index: number): void => undefined };

function Table({ names }: { names: readonly string[] }) {
  const body = useRef<HTMLDivElement>(null);
  const focusRow = useRowFocus(body);
  useEffect(() => {
    row.focus = focusRow;
  });
  return (
    <>
      <div ref={body}>
        {names.map((name, index) => (
          <div key={name} data-row={index}>
            <a data-row-link href="#x">
              {name}
            </a>
          </div>
        ))}
      </div>
      <button type="button">elsewhere</button>
    </>
  );
}

const focused = () => document.activeElement?.textContent;

afterEach(cleanup);

describe('the focus in a table that moves', () => {
  it('goes to a row that is there at once', () => {
    render(<Table names={['a', 'b']} />);
    row.focus(1);
    expect(focused()).toBe('b');
  });

  it('goes to a row as soon as it has been loaded', () => {
    const { rerender } = render(<Table names={['a']} />);
    row.focus(2);
    expect(focused()).not.toBe('c');
    rerender(<Table names={['a', 'b', 'c']} />);
    expect(focused()).toBe('c');
  });

  it('moves with its cron', () => {
    const { rerender } = render(<Table names={['a', 'b', 'c']} />);
    row.focus(0);
    rerender(<Table names={['b', 'c', 'a']} />);
    expect(focused()).toBe('a');
  });

  it('passes to the row now in its place when its cron is sorted away', () => {
    const { rerender } = render(<Table names={['a', 'b', 'c']} />);
    row.focus(1);
    rerender(<Table names={['a', 'c', 'd']} />);
    expect(focused()).toBe('c');
  });

  it('does not come back once somebody has left the table', async () => {
    const { rerender } = render(<Table names={['a', 'b']} />);
    row.focus(1);
    screen.getByRole('button').focus();
    screen.getByRole('button').blur();
    await Promise.resolve();
    rerender(<Table names={['b', 'a']} />);
    expect(document.activeElement).toBe(document.body);
  });
});
