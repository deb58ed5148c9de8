'use client';
import { useRef, useState, type ReactNode } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { CronDraft } from '@/lib/crons/cron-draft';
import { BuilderProvider, type BuilderContext } from './builder-context';
import { BuilderToolsProvider, type BuilderTools } from './builder-tools';
import { draftResolver } from './draft-resolver';
import { MoreSection, moreFields } from './more-section';
import { BuilderSide, type Side } from './builder-side';
import { PhoneSummary } from './phone-summary';
import { PreviewProvider } from './preview-context';
import { focusFirstProblem, showProblem } from './show-problem';
import { sentenceFor } from './sentence-face';
import { useKeptDraft } from './use-kept-draft';
import { useTrial } from './use-trial';
import { WhatSection } from './what-section';
import { WhenSection, type Face } from './when-section';
import { WhereSection } from './where-section';
import { WhoSection } from './who-section';

/** What a trial run is made of; it does not care when the cron will run. */
const trialFields = ['assistantId', 'target', 'input', 'configurable', 'context', 'recursionLimit'] as const;

type Props = {
  context: BuilderContext;
  title: string;
  /** Where one came from. */
  crumbs: ReactNode;
  /** What the form holds at first: fresh, kept from an earlier visit, a copy, or an existing cron. */
  draft: CronDraft;
  /** What counts as untouched: such a form is not kept. */
  begun: CronDraft;
  storageKey: string;
  /** The sentence that was typed for the schedule on an earlier visit. */
  sentence?: string;
  /** Above the form: where the draft came from. */
  banner?: ReactNode;
  /** The buttons below the form. */
  actions: ReactNode;
};

/** The form on the left, the live card on the right. What saving means is the caller's. */
export function CronBuilder({
  context,
  title,
  crumbs,
  draft,
  begun,
  storageKey,
  sentence = '',
  banner,
  actions,
}: Props) {
  const { deployment, opened } = context;
  const resolver = draftResolver({
    secondsFirst: deployment.reading === 'seconds-first',
    opened: opened ?? undefined,
  });
  const form = useForm<CronDraft>({ defaultValues: draft, resolver, shouldFocusError: false });
  const [typed, setTyped] = useState(sentence);
  const forget = useKeptDraft(form, storageKey, { begun, opened, sentence: typed });
  const element = useRef<HTMLFormElement>(null);
  const [face, setFace] = useState<Face>(() =>
    sentenceFor(draft.schedules, sentence) === null && sentence === '' ? 'expression' : 'words',
  );
  const [more, setMore] = useState(false);

  const [side, setSide] = useState<Side>('preview');
  const sideElement = useRef<HTMLDivElement>(null);

  const showSide = () => sideElement.current?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  const pointOut = (fields: readonly string[]) => {
    if (moreFields.some((field) => fields.includes(field))) setMore(true);
    focusFirstProblem(element.current);
  };
  const { trial, start, stop } = useTrial(deployment.id, (problem) => pointOut(showProblem(form, problem)));
  const startTrial = (onThread: boolean) => {
    void form.trigger([...trialFields]).then((fits) => {
      if (!fits) return pointOut(Object.keys(form.formState.errors));
      setSide('trial');
      sideElement.current?.scrollIntoView({ block: 'nearest' });
      start(form.getValues(), onThread);
    });
  };
  const tools: BuilderTools = {
    submit: (save, change = {}) => {
      for (const [name, value] of Object.entries(change))
        form.setValue(name as keyof CronDraft, value as never);
      void form.handleSubmit(save, (errors) => pointOut(Object.keys(errors)))();
    },
    refuse: (problem) => pointOut(showProblem(form, problem)),
    tryIt: () => startTrial(false),
    forget,
  };

  return (
    <BuilderProvider value={context}>
      <FormProvider {...form}>
        <PreviewProvider>
          <div className="mx-auto grid max-w-[1180px] grid-cols-[minmax(0,1fr)_400px] items-start gap-x-10 gap-y-5 max-lg:grid-cols-1">
            <form
              ref={element}
              noValidate
              aria-label={title}
              className="min-w-0"
              onSubmit={(event) => event.preventDefault()}
            >
              <div className="text-ink-3">{crumbs}</div>
              <h1 className="mt-1.5 mb-5 text-[22px] font-semibold tracking-[-.02em]">{title}</h1>
              {banner}
              <PhoneSummary onOpen={showSide} />
              <WhoSection />
              <WhenSection face={face} onFace={setFace} typed={typed} onTyped={setTyped} />
              <WhereSection />
              <WhatSection />
              <MoreSection open={more} onOpenChange={setMore} />
              <BuilderToolsProvider value={tools}>{actions}</BuilderToolsProvider>
            </form>
            <div ref={sideElement} className="scroll-mt-4 lg:sticky lg:top-5">
              <BuilderSide side={side} onSide={setSide} trial={trial} onStart={startTrial} onStop={stop} />
            </div>
          </div>
        </PreviewProvider>
      </FormProvider>
    </BuilderProvider>
  );
}
