import { pino, type Logger } from 'pino';

/** JSON lines on stderr; stdout belongs to the one ready line. Inputs, outputs and metadata of crons are never logged. */
export function engineLog(level: string): Logger {
  return pino({ name: 'crondeck-engine', level }, pino.destination({ dest: 2, sync: true }));
}
