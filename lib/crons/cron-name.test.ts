import { describe, expect, it } from 'vitest';
import { cronGroup, cronName, cronOwner } from './cron-name';

const nameOf = (metadata: Record<string, unknown>, input?: unknown) =>
  cronName({ metadata, payload: { input } });

describe('cronName', () => {
  it('is the name in the metadata', () => {
    expect(nameOf({ name: ' Morning brief ' }, { messages: 'other' })).toEqual({
      name: 'Morning brief',
      named: true,
    });
  });

  it.each([
    [
      'a list of messages',
      {
        messages: [
          { role: 'system', content: 'Be kind' },
          { role: 'user', content: 'Say hello' },
        ],
      },
    ],
    [
      'messages with parts',
      { messages: [{ type: 'human', content: [{ type: 'text', text: 'Say hello' }] }] },
    ],
    ['a bare list', [{ role: 'user', content: 'Say hello' }]],
    ['one message as text', { messages: 'Say hello' }],
    ['a structured input', { depth: 3, topic: { title: 'Say hello' } }],
  ])('else the first words of %s', (_case, input) => {
    expect(nameOf({}, input)).toEqual({ name: 'Say hello', named: false });
  });

  it('cuts long inputs between words', () => {
    const { name } = nameOf({}, { messages: 'many words '.repeat(30) });
    expect(name).toMatch(/^(many words ?)+(many)?…$/);
    expect(name.length).toBeLessThanOrEqual(60);
  });

  it('says so where there is nothing to go by', () => {
    expect(nameOf({ name: ' \u200b ' }, { n: 1 })).toEqual({ name: 'Unnamed cron', named: false });
  });

  it('takes the force out of marks that reorder, hide or break text', () => {
    expect(nameOf({ name: 'safe\u202Egnp.exe\u0000\n\tend' }).name).toBe('safe gnp.exe end');
  });

  it('keeps joined emoji whole and leaves HTML as the text it is', () => {
    expect(nameOf({ name: '👩‍👩‍👧 <b>x</b>' }).name).toBe('👩‍👩‍👧 <b>x</b>');
  });

  it('shortens a name of 100 kB', () => {
    expect(nameOf({ name: 'x'.repeat(100_000) }).name).toHaveLength(200);
  });
});

describe('cronOwner', () => {
  it.each([
    ['somebody named in the metadata', { owner: 'ana' }, 'u1', 'ana'],
    ['else the identity that made it', { owner: 7 }, 'u1', 'u1'],
    ['else nobody', {}, null, null],
  ])('is %s', (_case, metadata, userId, owner) => {
    expect(cronOwner({ metadata, userId })).toBe(owner);
  });
});

describe('cronGroup', () => {
  it('names the crons made from one sentence', () => {
    expect(cronGroup({ metadata: { crondeck_group: 'g', crondeck_part: '2/3' } })).toEqual({
      id: 'g',
      part: '2/3',
    });
    expect(cronGroup({ metadata: {} })).toBeNull();
  });
});
