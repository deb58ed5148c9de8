'use client';
import { useQueryClient, useIsFetching } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Problem } from '@/lib/result';
import { Button } from '../ui/button';
import { LinkButton } from '../ui/link-button';
import { Mark } from '../ui/mark';
import { useDeployment } from './deployment-context';
import { sectionPath } from './sections';

/** What to look at, by cause; the problem's own hint stands above. */
function Cures({ code, isLocal, url }: { code: string; isLocal: boolean; url: string }) {
  const cures: Record<string, readonly ReactNode[]> = {
    unreachable: isLocal
      ? [
          <>
            The local deployment runs beside the dashboard. Start both with <Code>npm start</Code>.
          </>,
          <>If it was just started it needs a few seconds.</>,
        ]
      : [
          <>
            Does <Code>{url}</Code> open from this machine, or is a VPN or proxy missing?
          </>,
          <>
            Is the address right? It comes from <Code>LANGGRAPH_API_URL</Code> or{' '}
            <Code>crondeck.config.json</Code>.
          </>,
        ],
    unauthorised: [
      <>
        Set the key in <Code>LANGSMITH_API_KEY</Code>, or in the variable that <Code>apiKeyEnv</Code> names in{' '}
        <Code>crondeck.config.json</Code>.
      </>,
      <>Restart Crondeck after that: keys are read once, at the start.</>,
    ],
    'no-crons': [
      <>The dev servers of LangGraph answer cron requests with “not implemented”.</>,
      <>
        Use a deployment on LangSmith, a self-hosted Agent Server, or Crondeck’s own local deployment:{' '}
        <Code>npm start</Code> without <Code>LANGGRAPH_API_URL</Code>.
      </>,
    ],
  };
  const list = cures[code] ?? [];
  return (
    <ul className="mt-3 grid list-disc gap-1.5 pl-5 text-ink-2">
      {list.map((cure, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- fixed sentences
        <li key={place}>{cure}</li>
      ))}
    </ul>
  );
}

function Code({ children }: { children: ReactNode }) {
  return <code className="mono rounded-sm bg-sunk px-1 py-px text-ink wrap-anywhere">{children}</code>;
}

/** The deployment cannot be used right now: cause and cure. Goes away by itself. */
export function DeploymentProblemPage({ problem }: { problem: Problem }) {
  const { deploymentId, info } = useDeployment();
  const client = useQueryClient();
  const isFetching = useIsFetching() > 0;
  return (
    <section
      role="alert"
      className="mx-auto mt-10 max-w-[620px] rounded-xl border border-line bg-card px-7 py-6"
    >
      <p className="mb-2 flex items-center gap-2 text-sm text-ink-2">
        <Mark shape="triangle" />
        <span className="clip">{info?.name ?? deploymentId}</span>
        {info && <span className="mono clip text-ink-3">{info.url}</span>}
      </p>
      <h1 className="text-2xl font-[550] tracking-[-.02em]">{problem.message}</h1>
      <p className="mt-2">{problem.hint}</p>
      <Cures code={problem.code} isLocal={info?.isLocal ?? false} url={info?.url ?? ''} />
      <div className="mt-5 flex flex-wrap items-center gap-2">
        <Button tone="primary" busy={isFetching} onClick={() => void client.invalidateQueries()}>
          Check now
        </Button>
        <LinkButton href={sectionPath(deploymentId, 'settings')}>Settings</LinkButton>
        <span className="text-sm text-ink-2">Checked every few seconds; nothing was changed.</span>
      </div>
    </section>
  );
}
