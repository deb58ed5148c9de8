// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Combobox, type ComboboxOption } from './combobox';
import { Field } from './field';
import { Input } from './input';
import { Textarea } from './textarea';

afterEach(cleanup);

describe('a field', () => {
  it('names its control by the label and describes it by hint and error', () => {
    render(
      <Field label="Name" hint="Shown everywhere." error="Give it a name.">
        <Input />
      </Field>,
    );
    const input = screen.getByRole('textbox', { name: 'Name' });
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const described = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    expect(described.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'Give it a name.',
      'Shown everywhere.',
    ]);
  });

  it('is not wrong without an error', () => {
    render(
      <Field label="Message">
        <Textarea />
      </Field>,
    );
    expect(screen.getByRole('textbox', { name: 'Message' }).getAttribute('aria-invalid')).not.toBe('true');
  });
});

const options: readonly ComboboxOption[] = [
  { value: 'b', label: 'Europe/Berlin', hint: 'UTC+1' },
  { value: 'n', label: 'America/New_York', hint: 'UTC-5' },
];

function Zone({ onSearch }: { onSearch?: (text: string) => void }) {
  const [value, setValue] = useState<ComboboxOption | null>(null);
  return (
    <>
      <Field label="Zone">
        <Combobox
          options={options}
          value={value}
          onChange={setValue}
          empty="None."
          {...(onSearch && { onSearch })}
        />
      </Field>
      <p>chosen: {value?.value ?? 'none'}</p>
    </>
  );
}

describe('a combobox', () => {
  it('finds an option by any words of its label and hint, and takes it by Enter', async () => {
    const user = userEvent.setup();
    render(<Zone />);
    await user.type(screen.getByRole('combobox', { name: 'Zone' }), 'york utc-5');
    expect((await screen.findAllByRole('option')).map((option) => option.textContent)).toEqual([
      'America/New_YorkUTC-5',
    ]);
    await user.keyboard('{Enter}');
    expect(screen.getByText('chosen: n')).toBeDefined();
  });

  it('puts back what was chosen when the typed text picks nothing', async () => {
    const user = userEvent.setup();
    render(<Zone />);
    const box = screen.getByRole<HTMLInputElement>('combobox', { name: 'Zone' });
    await user.type(box, 'berlin{Enter}');
    await user.type(box, 'atlantis');
    expect(await screen.findByText('None.')).toBeDefined();
    await user.keyboard('{Escape}');
    await user.tab();
    expect(screen.getByText('chosen: b')).toBeDefined();
    expect(box.value).toBe('Europe/Berlin');
  });

  it('leaves finding to the search where there is one', async () => {
    const onSearch = vi.fn<(text: string) => void>();
    const user = userEvent.setup();
    render(<Zone onSearch={onSearch} />);
    await user.type(screen.getByRole('combobox', { name: 'Zone' }), 'xy');
    expect(onSearch.mock.calls.at(-1)).toEqual(['xy']);
    expect(await screen.findAllByRole('option')).toHaveLength(2);
  });
});
