'use client';
import Link from 'next/link';
import type { AlertRule } from '@/lib/alerts/alert-settings';
import type { AlertsView, OpenAlertShown } from '@/lib/alerts/alerts-view';
import { alertWords } from '@/lib/alerts/alert-words';
import { Relative } from '../cron-table/moment';
import { useDeployment } from '../shell/deployment-context';
import { sectionPath } from '../shell/sections';
import { plural } from '../ui/format-number';
import { Mark, type MarkShape } from '../ui/mark';
import { Panel } from '../ui/panel';

const shapes: Readonly<Record<AlertRule, MarkShape>> = {
  'deployment-down': 'triangle',
  'scheduler-down': 'triangle',
  failing: 'triangle',
  overdue: 'triangle',
  'waiting-for-human': 'diamond',
  budget: 'diamond',
  'ending-soon': 'diamond',
};

/** What is wrong now, as far as somebody is told. Nothing where nothing is. */
export function OpenAlerts({ view: { open, openCount } }: { view: AlertsView }) {
  if (openCount === 0) return null;
  return (
    <Panel title={`Open now (${openCount})`} flush>
      <ul aria-label="Open alerts">
        {open.map((alert) => (
          <Row key={`${alert.rule} ${alert.cronId ?? alert.name}`} alert={alert} />
        ))}
      </ul>
      {openCount > open.length && (
        <p className="border-t border-line px-4 py-2.5 text-sm text-ink-2">
          and {plural(openCount - open.length, 'more', 'more')}
        </p>
      )}
    </Panel>
  );
}

function Row({ alert: { rule, cronId, name, why, sinceMs, told } }: { alert: OpenAlertShown }) {
  const { deploymentId } = useDeployment();
  const words = alertWords[rule].one(name);
  return (
    <li className="flex gap-2.5 border-t border-line px-4 py-2.5 first:border-0">
      <span className="grid h-[1.45em] place-items-center">
        <Mark shape={shapes[rule]} />
      </span>
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="font-[550]">
          {cronId === null ? (
            words
          ) : (
            <Link
              href={sectionPath(deploymentId, 'crons', cronId)}
              prefetch={false}
              className="hover:underline"
            >
              {words}
            </Link>
          )}
        </p>
        <p className="text-sm text-ink-2">{why}</p>
      </div>
      <p className="num shrink-0 text-right text-sm text-ink-2">
        <Relative atMs={sinceMs} />
        {!told && <span className="block text-xs">not told yet</span>}
      </p>
    </li>
  );
}
