import { alertWords } from '@/lib/alerts/alert-words';
import type { JsonObject } from '@/lib/crons/cron';
import { shownAddress } from './destination-address';
import type { Destination } from './destinations';

/** A destination as Activity tells of it, in words and without what could be a secret. */
export function destinationFields({ kind, name, address, rules }: Destination): JsonObject {
  return {
    name,
    'sent by': kind,
    to: shownAddress(kind, address),
    'told about': rules === null ? 'everything' : rules.map((rule) => alertWords[rule].title).join('; '),
  };
}
