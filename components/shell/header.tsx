'use client';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { LinkButton } from '../ui/link-button';
import { Clock } from './clock';
import { useDeployment } from './deployment-context';
import { DeploymentSwitcher } from './deployment-switcher';
import { Logo } from './logo';
import { PaletteButton } from './palette-button';
import { SectionTabs } from './section-tabs';
import { sectionPath } from './sections';
import { ThemeMenu } from './theme-menu';

export function Header() {
  const { deploymentId } = useDeployment();
  const newCron = sectionPath(deploymentId, 'crons', 'new');
  const isThere = usePathname() === newCron;
  return (
    <header className="flex h-[52px] items-center gap-5 border-b border-line bg-card px-6 max-md:gap-3 max-md:px-4">
      <Link
        href={sectionPath(deploymentId, 'crons')}
        className="flex items-center gap-[9px] text-lg font-semibold tracking-[-.015em]"
      >
        <Logo className="size-5 text-accent" />
        <span className="max-md:sr-only">Crondeck</span>
      </Link>
      <DeploymentSwitcher />
      <SectionTabs place="top" />
      <span className="flex-1" />
      <Clock />
      <div className="flex items-center gap-2 max-md:gap-0">
        <PaletteButton />
        <ThemeMenu />
      </div>
      {!isThere && (
        <LinkButton
          tone="primary"
          href={newCron}
          icon={<Plus aria-hidden className="size-3.5" />}
          className="h-[30px] px-[11px]"
        >
          New cron
        </LinkButton>
      )}
    </header>
  );
}
