import { describe, expect, it } from 'vitest';
import { inputAs } from './input-as';

const message = { kind: 'message', text: 'Hi' } as const;
const form = { kind: 'json', text: '{"topic": "news"}' } as const;

describe('inputAs', () => {
  it('shows a message as the JSON it is, and back', () => {
    const json = inputAs(message, 'json', undefined);
    expect(json.kind === 'json' && JSON.parse(json.text)).toEqual({
      messages: [{ role: 'user', content: 'Hi' }],
    });
    expect(inputAs(json, 'message', undefined)).toEqual(message);
  });

  it('brings back what a face held where the input does not fit it', () => {
    expect(inputAs(form, 'message', message)).toEqual(message);
    expect(inputAs({ kind: 'none' }, 'json', form)).toEqual(form);
    expect(inputAs({ kind: 'message', text: ' ' }, 'json', form)).toEqual(form);
  });

  it('starts empty where there was nothing', () => {
    expect(inputAs(form, 'message', undefined)).toEqual({ kind: 'message', text: '' });
    expect(inputAs({ kind: 'json', text: '{' }, 'message', undefined)).toEqual({ kind: 'message', text: '' });
    expect(inputAs({ kind: 'none' }, 'json', undefined)).toEqual({ kind: 'json', text: '{}' });
  });
});
