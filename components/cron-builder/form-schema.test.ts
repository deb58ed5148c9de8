import { describe, expect, it } from 'vitest';
import { formSchema } from './form-schema';
import { schemaValidator } from './schema-validator';

describe('formSchema', () => {
  it('draws "text or nothing" as an optional text box', () => {
    const schema = {
      type: 'object',
      properties: { city: { anyOf: [{ type: 'string' }, { type: 'null' }], title: 'City', default: null } },
    };
    expect(formSchema(schema)).toEqual({
      type: 'object',
      properties: { city: { type: 'string', title: 'City' } },
    });
  });

  it('keeps a real choice', () => {
    const choice = { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] };
    expect(formSchema({ properties: { x: choice } })).toEqual({
      properties: { x: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
    });
  });

  it('draws plain messages in place of the message classes', () => {
    const drawn = formSchema({
      type: 'object',
      properties: { messages: { type: 'array', items: { $ref: '#/definitions/A<B>' } } },
    });
    expect(drawn).toMatchObject({
      properties: { messages: { items: { properties: { role: {}, content: {} } } } },
    });
  });

  it('ends where a schema nests without end', () => {
    let deep: Record<string, unknown> = { type: 'string' };
    for (let level = 0; level < 500; level += 1) deep = { type: 'object', properties: { inner: deep } };
    expect(formSchema(deep)).toMatchObject({ type: 'object' });
  });
});

describe('schemaValidator', () => {
  const schema = {
    type: 'object',
    required: ['topic'],
    properties: { topic: { type: 'string' }, list: { type: 'array', items: { type: 'number' } } },
  };
  const validator = schemaValidator(schema);

  it('puts each problem at its field', () => {
    const { errors, errorSchema } = validator.validateFormData({ list: [1, 'x'] }, schema as never);
    expect(errors).toHaveLength(2);
    expect(errorSchema).toMatchObject({
      list: { 1: { __errors: ['This is string, but it should be number.'] } },
    });
  });

  it('judges parts that refer to the definitions of the whole', () => {
    const root = { $defs: { City: { type: 'string' } } };
    expect(validator.isValid({ $ref: '#/$defs/City' }, 'Berlin', root as never)).toBe(true);
    expect(validator.isValid({ $ref: '#/$defs/City' }, 5, root as never)).toBe(false);
    expect(validator.isValid({ $ref: '#/$defs/Nowhere' }, 5, root as never)).toBe(false);
  });

  it('never compiles code, which the page forbids', () => {
    const original = globalThis.Function;
    globalThis.Function = function forbidden() {
      throw new Error('eval is forbidden');
    } as unknown as FunctionConstructor;
    try {
      expect(validator.validateFormData({ topic: 'x' }, schema as never).errors).toEqual([]);
    } finally {
      globalThis.Function = original;
    }
  });
});
