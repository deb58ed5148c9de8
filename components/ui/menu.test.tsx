// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Button } from './button';
import { Menu, MenuItem } from './menu';

// A busy machine takes long to read it the first time; the wait is not what is tested.
beforeAll(() => import('./menu-parts'));
afterEach(cleanup);

const patient = { timeout: 4_000 };

function show() {
  render(
    <main>
      <Menu trigger={<Button>Actions</Button>}>
        <MenuItem onSelect={() => undefined}>First</MenuItem>
        <MenuItem onSelect={() => undefined}>Second</MenuItem>
      </Menu>
    </main>,
  );
}
const button = () => screen.getByRole('button', { name: 'Actions' });

describe('a menu that is loaded on first use', () => {
  it('says before that it opens a menu', () => {
    show();
    expect(button().getAttribute('aria-haspopup')).toBe('menu');
    expect(button().getAttribute('aria-expanded')).toBe('false');
  });

  for (const key of ['{Enter}', '{ArrowDown}']) {
    it(`opens by ${key} at its first item and gives the focus back`, async () => {
      const user = userEvent.setup();
      show();
      await user.tab();
      expect(document.activeElement).toBe(button());
      await user.keyboard(key);
      const first = await screen.findByRole('menuitem', { name: 'First' }, patient);
      await vi.waitFor(() => expect(document.activeElement).toBe(first), patient);
      await user.keyboard('{Escape}');
      await vi.waitFor(() => expect(document.activeElement).toBe(button()), patient);
    });
  }

  it('opens by a click, inside the landmark its button is in', async () => {
    const user = userEvent.setup();
    show();
    await user.click(button());
    const menu = await screen.findByRole('menu', {}, patient);
    expect(screen.getByRole('main').contains(menu)).toBe(true);
  });
});
