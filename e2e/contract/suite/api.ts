import { inject } from 'vitest';
import { sendTo, type Method, type Reply } from './exchange';

/** Sends one request to the server under test. */
export function send(method: Method, path: string, body?: unknown): Promise<Reply> {
  return sendTo(inject('server'), method, path, body);
}
