'use client';
import { ChevronDown } from 'lucide-react';
import { useWatch } from 'react-hook-form';
import { formatMoment } from '@/components/ui/format-instant';
import { useDraftForm } from './builder-context';
import { usePreview } from './preview-context';

/** On narrow screens the card stands below the form: this line says the essence of it all the while. */
export function PhoneSummary({ onOpen }: { onOpen: () => void }) {
  const { control } = useDraftForm();
  const zone = useWatch({ control, name: 'zone' });
  const { preview, nowMs } = usePreview();
  const [next] = preview.runs;
  return (
    <button
      type="button"
      aria-label="Show what it will do"
      onClick={onOpen}
      className="sticky top-0 z-20 -mx-6 mb-4 flex w-[calc(100%+48px)] items-center gap-3 border-b border-line bg-card/95 px-6 py-2.5 text-left backdrop-blur-sm max-md:-mx-4 max-md:w-[calc(100%+32px)] max-md:px-4 lg:hidden"
    >
      <span className="min-w-0 flex-1">
        <span className="clip block font-[550]">{preview.words || 'Say when it should run'}</span>
        <span className="num clip block text-sm text-ink-2">
          {next === undefined ? 'No run in sight' : `Next: ${formatMoment(next, nowMs, zone)}`}
        </span>
      </span>
      <ChevronDown aria-hidden className="size-4 text-ink-3" />
    </button>
  );
}
