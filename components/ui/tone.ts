/** What a colour says. Never alone: a shape or a word says the same. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

export const softTone: Record<Tone, string> = {
  neutral: 'bg-sunk text-ink-2',
  accent: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};
