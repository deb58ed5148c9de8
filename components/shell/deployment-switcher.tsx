'use client';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronDown } from 'lucide-react';
import type { DeploymentInfo } from '@/lib/crons/deployment';
import { deploymentsQuery } from '@/lib/query/deployment-queries';
import { Mark } from '../ui/mark';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu';
import { useDeployment } from './deployment-context';
import { sectionPath } from './sections';

function StateMark({ info }: { info: DeploymentInfo | null }) {
  if (info === null) return <Mark shape="ring" label="Asking the deployment" />;
  switch (info.state.kind) {
    case 'ready':
      return <Mark shape="dot" label="Answers" />;
    case 'problem':
      return <Mark shape="triangle" label={info.state.problem.message} />;
  }
}

/** Which deployment this is, how it is, and the way to the others. */
export function DeploymentSwitcher() {
  const { deploymentId, info } = useDeployment();
  const { data = [] } = useQuery(deploymentsQuery());
  const trigger = (
    <button
      type="button"
      className="flex h-[30px] min-w-0 items-center gap-2 rounded-[6px] border border-line px-2.5 text-sm hover:bg-sunk data-popup-open:bg-sunk"
    >
      <StateMark info={info} />
      <span className="sr-only">Deployment: </span>
      <span className="clip max-w-44 max-md:max-w-32">{info?.name ?? deploymentId}</span>
      <ChevronDown aria-hidden className="size-3.5 text-ink-3" />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      {data.map((deployment) => (
        <MenuItem
          key={deployment.id}
          href={sectionPath(deployment.id, 'crons')}
          icon={<StateMark info={deployment} />}
          hint={deployment.state.kind === 'problem' ? deployment.state.problem.message : deployment.url}
        >
          {deployment.name}
          {deployment.id === deploymentId && (
            <Check aria-label="(this one)" className="ml-2 inline size-3.5 text-accent" />
          )}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem href={sectionPath(deploymentId, 'settings')}>What each supports, how to add one</MenuItem>
    </Menu>
  );
}
