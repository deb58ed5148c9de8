// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { toast } from './toast';
import { Toaster } from './toaster';

afterEach(cleanup);

describe('messages', () => {
  it('that came before anything could show them are shown, in their order', async () => {
    render(<Toaster />);
    act(() => {
      toast.done('Saved');
      toast.problem({ message: 'Not saved', hint: 'Try again.' });
    });
    expect(await screen.findAllByText('Saved')).not.toHaveLength(0);
    expect(await screen.findAllByText('Try again.')).not.toHaveLength(0);
    act(() => toast.done('Saved at last'));
    expect(await screen.findAllByText('Saved at last')).not.toHaveLength(0);
  });
});
