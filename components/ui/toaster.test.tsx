// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toast } from './toast';
import { Toaster } from './toaster';

// A busy machine takes long to read it the first time; the wait is not what is tested.
beforeAll(() => import('./toast-list'));
afterEach(cleanup);
const patient = { timeout: 4_000 };

describe('messages', () => {
  it('that came before anything could show them are shown, in their order', async () => {
    render(<Toaster />);
    act(() => {
      toast.done('Saved');
      toast.problem({ message: 'Not saved', hint: 'Try again.' });
    });
    expect(await screen.findAllByText('Saved', {}, patient)).not.toHaveLength(0);
    expect(await screen.findAllByText('Try again.', {}, patient)).not.toHaveLength(0);
    act(() => toast.done('Saved at last'));
    expect(await screen.findAllByText('Saved at last', {}, patient)).not.toHaveLength(0);
  });

  it('can be closed by whoever does not see them', async () => {
    render(<Toaster />);
    act(() => toast.done('Taken back'));
    const message = await screen.findByRole('dialog', { name: 'Taken back' }, patient);
    expect(within(message).getByRole('button', { name: 'Close' })).toBeDefined();
  });
});
