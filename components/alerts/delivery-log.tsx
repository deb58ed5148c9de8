'use client';
import { useMutation } from '@tanstack/react-query';
import type { DeliveryShown } from '@/lib/alerts/alerts-view';
import { sendAgainMutation } from '@/lib/query/alert-queries';
import { problemOf } from '@/lib/query/problem-of';
import { Moment, Relative } from '../cron-table/moment';
import { useDeployment } from '../shell/deployment-context';
import { useDisplayZone } from '../shell/preferences-context';
import { Button } from '../ui/button';
import { Mark } from '../ui/mark';
import { Panel } from '../ui/panel';
import { toast } from '../ui/toast';
import { deliveryLook } from './destination-words';

/** Each message with where it went and what became of it, the latest first. */
export function DeliveryLog({ deliveries }: { deliveries: readonly DeliveryShown[] }) {
  return (
    <Panel title="What was sent" flush={deliveries.length > 0}>
      {deliveries.length === 0 ? (
        <p className="text-ink-2">Nothing yet. Tests and alerts are listed here, with what became of them.</p>
      ) : (
        <ul aria-label="What was sent">
          {deliveries.map((delivery) => (
            <Row key={delivery.deliveryId} delivery={delivery} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Row({ delivery }: { delivery: DeliveryShown }) {
  const { deploymentId } = useDeployment();
  const zone = useDisplayZone();
  const again = useMutation(sendAgainMutation(deploymentId));
  const { deliveryId, kind, title, destinationName, state, attempts, error, createdMs, atMs } = delivery;
  const { shape, word } = deliveryLook(delivery);
  const isRetried = state === 'waiting' && attempts > 0;
  return (
    <li className="grid grid-cols-[104px_minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 border-t border-line px-4 py-2.5 first:border-0 max-md:grid-cols-[minmax(0,1fr)_auto]">
      <span className="flex items-center gap-[7px] whitespace-nowrap">
        <Mark shape={shape} />
        <span className={state === 'failed' ? 'text-bad' : undefined}>
          {word}
          {isRetried && (
            <>
              {' '}
              <Relative atMs={atMs} />
            </>
          )}
        </span>
      </span>
      <div className="min-w-0 wrap-anywhere max-md:order-last max-md:col-span-2">
        <p>{title}</p>
        <p className="text-sm text-ink-2">
          To {destinationName}
          {attempts > 1 && `, ${attempts} tries`}
        </p>
        {error !== null && <p className="text-sm text-bad">{error}</p>}
        {state === 'failed' && kind === 'alert' && (
          <Button
            size="small"
            className="mt-1.5"
            busy={again.isPending}
            onClick={() =>
              again.mutate(deliveryId, { onError: (problem) => toast.problem(problemOf(problem)) })
            }
          >
            Send again
          </Button>
        )}
      </div>
      <span className="num text-right text-sm whitespace-nowrap text-ink-2">
        <Moment atMs={createdMs} zone={zone} />
      </span>
    </li>
  );
}
