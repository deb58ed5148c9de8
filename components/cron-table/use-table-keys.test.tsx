// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useTableKeys, type TableKeys } from './use-table-keys';

const keys = {
  search: vi.fn<() => void>(),
  move: vi.fn<(by: 1 | -1) => void>(),
  select: vi.fn<(isRange: boolean) => void>(),
  open: vi.fn<() => void>(),
  edit: vi.fn<() => void>(),
  pause: vi.fn<() => void>(),
  remove: vi.fn<() => void>(),
  help: vi.fn<() => void>(),
  clear: vi.fn<() => void>(),
} satisfies TableKeys;

function Page({ dialog = false }: { dialog?: boolean }) {
  useTableKeys(keys);
  return (
    <>
      <button type="button">row</button>
      <input aria-label="search" />
      <input type="checkbox" aria-label="select" />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as Base UI renders its dialogs */}
      {dialog && <div role="dialog" />}
    </>
  );
}

const calls = () => Object.values(keys).reduce((sum, key) => sum + key.mock.calls.length, 0);

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

describe('single keys', () => {
  it.each([
    ['/', 'search'],
    ['e', 'edit'],
    ['p', 'pause'],
    ['#', 'remove'],
    ['?', 'help'],
    ['Escape', 'clear'],
  ] as const)('%s does what the help says', (key, name) => {
    render(<Page />);
    fireEvent.keyDown(screen.getByRole('button'), { key });
    expect(keys[name]).toHaveBeenCalledOnce();
    expect(calls()).toBe(1);
  });

  it('move by one and select, with shift as a range', () => {
    render(<Page />);
    const row = screen.getByRole('button');
    fireEvent.keyDown(row, { key: 'j' });
    fireEvent.keyDown(row, { key: 'k' });
    fireEvent.keyDown(row, { key: 'x' });
    fireEvent.keyDown(row, { key: 'X', shiftKey: true });
    expect(keys.move.mock.calls).toEqual([[1], [-1]]);
    expect(keys.select.mock.calls).toEqual([[false], [true]]);
  });

  it('are text where somebody types, and keys on a checkbox', () => {
    render(<Page />);
    fireEvent.keyDown(screen.getByRole('textbox'), { key: '#' });
    expect(calls()).toBe(0);
    fireEvent.keyDown(screen.getByRole('checkbox'), { key: 'j' });
    expect(keys.move).toHaveBeenCalledOnce();
  });

  it('do nothing behind a dialog or together with Ctrl, Alt or Cmd', () => {
    const { rerender } = render(<Page dialog />);
    fireEvent.keyDown(screen.getByRole('button'), { key: '#' });
    rerender(<Page />);
    fireEvent.keyDown(screen.getByRole('button'), { key: 'p', ctrlKey: true });
    fireEvent.keyDown(screen.getByRole('button'), { key: 'p', metaKey: true });
    fireEvent.keyDown(screen.getByRole('button'), { key: 'p', altKey: true });
    expect(calls()).toBe(0);
  });
});
