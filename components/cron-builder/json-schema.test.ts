import { describe, expect, it } from 'vitest';
import {
  hasFields,
  propertiesOf,
  resolveRef,
  schemaAt,
  schemaIssues,
  takesMessages,
  withoutMessages,
} from './json-schema';

const schema = {
  type: 'object',
  required: ['topic'],
  properties: {
    topic: { type: 'string' },
    depth: { enum: ['short', 'long'] },
    sources: { type: 'array', items: { $ref: '#/$defs/Source' } },
    self: { $ref: '#' },
  },
  $defs: { Source: { type: 'object', properties: { url: { type: 'string' } }, required: ['url'] } },
};

describe('schemaIssues', () => {
  it('names the place and what is wrong there, once', () => {
    expect(schemaIssues(schema, { depth: 'deep', sources: [{ url: 1 }] })).toEqual([
      { pointer: '', message: 'Missing: "topic".' },
      { pointer: '/depth', message: 'It must be one of ["short","long"].' },
      { pointer: '/sources/0/url', message: 'This is number, but it should be string.' },
    ]);
  });

  it('finds nothing in what fits, and nothing through a schema that is broken', () => {
    expect(schemaIssues(schema, { topic: 'news' })).toEqual([]);
    expect(schemaIssues({ $ref: '#/nowhere' }, {})).toEqual([]);
    expect(schemaIssues({ type: 'object', properties: { a: { pattern: '(' } } }, { a: 'x' })).toEqual([]);
  });
});

describe('schemaAt', () => {
  it('follows properties, items and references', () => {
    expect(schemaAt(schema, ['sources', 0, 'url'])).toEqual({ type: 'string' });
    expect(schemaAt(schema, ['self', 'self', 'topic'])).toEqual({ type: 'string' });
    expect(schemaAt(schema, ['nothing', 'there'])).toEqual({});
  });

  it('ends where references run in a circle', () => {
    const circle = { $defs: { A: { $ref: '#/$defs/B' }, B: { $ref: '#/$defs/A' } } };
    expect(resolveRef(circle, { $ref: '#/$defs/A' })).toEqual({});
  });
});

describe('what the builder offers', () => {
  it('is a message box where messages are taken or nothing is known', () => {
    expect(takesMessages({ type: 'object', properties: { messages: { type: 'array' } } })).toBe(true);
    expect(takesMessages(null)).toBe(true);
    expect(takesMessages(schema)).toBe(false);
  });

  it('is not held to the message classes a server publishes', () => {
    const strict = {
      type: 'object',
      properties: {
        messages: { type: 'array', items: { $ref: '#/definitions/A<B,C>' } },
        topic: { type: 'string' },
      },
    };
    const value = { messages: [{ role: 'user', content: 'Hi' }], topic: 1 };
    expect(schemaIssues(withoutMessages(strict), value)).toEqual([
      { pointer: '/topic', message: 'This is number, but it should be string.' },
    ]);
  });

  it('is a form where there are fields besides messages', () => {
    expect(hasFields(schema)).toBe(true);
    expect(hasFields({ type: 'object', properties: { messages: {} } })).toBe(false);
    expect(hasFields(null)).toBe(false);
    expect(propertiesOf(schema, { anyOf: [{ $ref: '#/$defs/Source' }, { type: 'null' }] })).toHaveProperty(
      'url',
    );
  });
});
