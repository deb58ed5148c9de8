import { useId, type ReactNode } from 'react';

type Props = {
  title: string;
  /** A short line under the heading: what is decided here. */
  aside?: ReactNode;
  children: ReactNode;
};

/** One question of the form: its heading on the left, its fields on the right. */
export function BuilderSection({ title, aside, children }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-[92px_minmax(0,1fr)] gap-5 border-t border-line py-5 first:border-0 first:pt-0 max-md:grid-cols-1 max-md:gap-3"
    >
      <div>
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {aside && <p className="mt-0.5 text-xs text-ink-2">{aside}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-3.5">{children}</div>
    </section>
  );
}
