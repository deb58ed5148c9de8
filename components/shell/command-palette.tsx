'use client';
import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { plainQuery } from '@/lib/crons/cron-list';
import { cronListQuery } from '@/lib/query/cron-queries';
import { deploymentsQuery } from '@/lib/query/deployment-queries';
import { useDeployment } from './deployment-context';
import { usePreferences } from './preferences-context';
import { sectionPath, sections } from './sections';
import { themeOptions } from './theme-menu';

type PaletteProps = { open: boolean; onOpenChange: (open: boolean) => void };

const group =
  'p-1 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-2';

function Item({
  id,
  onSelect,
  hint,
  children,
}: {
  id: string;
  onSelect: () => void;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={id}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default items-center gap-3 rounded-md px-2.5 py-1 data-[selected=true]:bg-accent-soft"
    >
      <span className="clip flex-1">{children}</span>
      {hint && <span className="clip max-w-[50%] text-sm text-ink-2">{hint}</span>}
    </Command.Item>
  );
}

/** Goes anywhere by typing: a cron, a section, a deployment, a theme. */
export function CommandPalette({ open, onOpenChange }: PaletteProps) {
  const [text, setText] = useState('');
  const close = (next: boolean) => {
    onOpenChange(next);
    if (!next) setText('');
  };
  return (
    <Dialog.Root open={open} onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil" />
        <Dialog.Popup
          aria-label="Command palette"
          className="popup fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-[600px] origin-top overflow-hidden rounded-xl"
        >
          <PaletteBody text={text} setText={setText} close={() => close(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type BodyProps = { text: string; setText: (text: string) => void; close: () => void };

function PaletteBody({ text, setText, close }: BodyProps) {
  const router = useRouter();
  const { deploymentId } = useDeployment();
  const { setTheme } = usePreferences();
  const { data: deployments = [] } = useQuery(deploymentsQuery());
  const q = useDeferredValue(text.trim());
  const query = { ...plainQuery, q: q.slice(0, 500), limit: 6 };
  const { data: found } = useQuery({
    ...cronListQuery(deploymentId, query),
    enabled: q !== '',
    refetchInterval: false,
  });
  const rows = q === '' ? [] : (found?.rows ?? []);

  const go = (path: string) => () => {
    close();
    router.push(path);
  };
  // The server has searched the crons already; everything else is few and matched by its own words.
  const shows = (words: string) => q === '' || words.toLowerCase().includes(q.toLowerCase());
  const themes = themeOptions.filter(({ label }) => shows(`Theme ${label}`));
  const places = [
    { id: 'new', label: 'New cron', path: sectionPath(deploymentId, 'crons', 'new') },
    ...sections.map(({ segment, label }) => ({
      id: segment,
      label,
      path: sectionPath(deploymentId, segment),
    })),
    ...deployments
      .filter(({ id }) => id !== deploymentId)
      .map(({ id, name, url }) => ({
        id: `deployment ${id}`,
        label: `Deployment ${name}`,
        hint: url,
        path: sectionPath(id, 'crons'),
      })),
  ].filter(({ label }) => shows(label));
  return (
    <Command label="Command palette" shouldFilter={false} loop>
      <Command.Input
        value={text}
        onValueChange={setText}
        placeholder="Find a cron, or say where to go"
        className="w-full border-b border-line bg-transparent px-4 py-3 text-lg outline-none"
      />
      <Command.List className="scroll-quiet max-h-[min(420px,60vh)] overflow-y-auto">
        <Command.Empty className="px-4 py-6 text-ink-2">Nothing is called that.</Command.Empty>
        {rows.length > 0 && (
          <Command.Group heading="Crons" className={group}>
            {rows.map((row) => (
              <Item
                key={row.cronId}
                id={row.cronId}
                hint={row.words}
                onSelect={go(sectionPath(deploymentId, 'crons', row.cronId))}
              >
                {row.name}
              </Item>
            ))}
            {found && found.matching > rows.length && (
              <Item
                id="all-matches"
                onSelect={go(`${sectionPath(deploymentId, 'crons')}?${new URLSearchParams({ q })}`)}
              >
                Show all {found.matching.toLocaleString('en')} in the table
              </Item>
            )}
          </Command.Group>
        )}
        {places.length > 0 && (
          <Command.Group heading="Go to" className={group}>
            {places.map(({ id, label, path, ...more }) => (
              <Item key={id} id={id} {...more} onSelect={go(path)}>
                {label}
              </Item>
            ))}
          </Command.Group>
        )}
        {themes.length > 0 && (
          <Command.Group heading="Theme" className={group}>
            {themes.map(({ value, label }) => (
              <Item
                key={value}
                id={`theme ${value}`}
                onSelect={() => {
                  setTheme(value);
                  close();
                }}
              >
                {label}
              </Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}
