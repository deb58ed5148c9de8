'use client';
import { useCallback, useEffect, useRef } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { changedFields } from '@/lib/crons/draft-diff';
import { storeDraft } from './stored-draft';

const settleMs = 250;

/**
 * Keeps what is typed in the browser, so that it survives a reload; a form without changes keeps nothing. Returns how
 * to forget it for good, once it has been saved.
 */
export function useKeptDraft(
  form: UseFormReturn<CronDraft>,
  key: string,
  { begun, opened, sentence }: { begun: CronDraft; opened: CronDraft | null; sentence: string },
): () => void {
  const done = useRef(false);
  const lastSentence = useRef(sentence);
  useEffect(() => {
    lastSentence.current = sentence;
  }, [sentence]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      timer = undefined;
      if (done.current) return;
      const draft = form.getValues();
      storeDraft(
        key,
        changedFields(begun, draft).size === 0 ? null : { draft, opened, sentence: lastSentence.current },
      );
    };
    const stop = form.subscribe({
      formState: { values: true },
      callback: () => {
        timer ??= setTimeout(keep, settleMs);
      },
    });
    const flush = () => timer !== undefined && keep();
    window.addEventListener('pagehide', flush);
    return () => {
      stop();
      clearTimeout(timer);
      flush();
      window.removeEventListener('pagehide', flush);
    };
  }, [form, key, begun, opened]);
  return useCallback(() => {
    done.current = true;
    storeDraft(key, null);
  }, [key]);
}
