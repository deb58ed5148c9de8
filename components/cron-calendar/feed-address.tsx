'use client';
import type { MadeFeed } from '@/lib/crons/calendar-feed';
import { CopyButton } from '../ui/copy-button';
import { Input } from '../ui/input';
import { Note } from '../ui/note';

type FeedAddressProps = {
  made: MadeFeed;
  /** Where calendar programs elsewhere reach this dashboard; null where nobody has said. */
  publicUrl: string | null;
};

const linkClass = 'font-medium text-accent underline underline-offset-2';

/** An address that was just made, and how to put it to use: it is not shown again. */
export function FeedAddress({ made: { feed, path }, publicUrl }: FeedAddressProps) {
  const address = `${publicUrl ?? window.location.origin}${path}`;
  const webcal = address.replace(/^https?:/, 'webcal:');
  return (
    <section
      aria-label="New calendar address"
      aria-live="polite"
      className="border-b border-line px-4 py-3.5"
    >
      <p className="font-medium">The address of “{feed.name}”</p>
      <p className="mt-1 text-ink-2">
        Copy it now: only its fingerprint is kept, so it cannot be shown again. Whoever has it can read this
        calendar.
      </p>
      <div className="mt-2 flex items-center gap-2">
        <Input
          readOnly
          mono
          aria-label="Address of the calendar"
          value={address}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={address} label="Copy the address" withText />
      </div>
      <p className="mt-2 text-sm">
        <a href={webcal} className={linkClass}>
          Open in the calendar of this computer
        </a>{' '}
        <span className="text-ink-2">(webcal)</span>
      </p>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm text-ink-2">
        <dt className="font-medium text-ink">Google</dt>
        <dd>Other calendars, +, From URL, paste the address.</dd>
        <dt className="font-medium text-ink">Apple</dt>
        <dd>File, New Calendar Subscription, paste the address.</dd>
        <dt className="font-medium text-ink">Outlook</dt>
        <dd>Add calendar, Subscribe from web, paste the address.</dd>
      </dl>
      {publicUrl === null && (
        <Note tone="warn" className="mt-3" title="Only programs on this network reach it.">
          Google and Outlook on the web read from the internet. Set CRONDECK_PUBLIC_URL to where this
          dashboard is reached, restart, and renew the address.
        </Note>
      )}
    </section>
  );
}
