/**
 * The condition that an entry still belongs to a session, for statements that write to its crons. Its arguments: the entry's
 * id, the session's id.
 */
export const mine = 'EXISTS (SELECT 1 FROM entry WHERE entry_id = ? AND owner = ?)';

/** Another dashboard has taken the entry over: this one must stop and write nothing more. */
export class LostEntry extends Error {}
