'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { AlertsView } from '@/lib/alerts/alerts-view';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Panel } from '../ui/panel';
import { AddDestination } from './add-destination';
import { DestinationRow } from './destination-row';

/** Where messages go. */
export function DestinationsPanel({ view }: { view: AlertsView }) {
  const [isAdding, setIsAdding] = useState(false);
  const { destinations, mail } = view;
  const add = (
    <Button
      size="small"
      tone={destinations.length === 0 ? 'primary' : 'plain'}
      icon={<Plus aria-hidden className="size-3.5" />}
      onClick={() => setIsAdding(true)}
    >
      Add a destination
    </Button>
  );
  return (
    <Panel title="Who is told" aside={destinations.length > 0 && add} flush>
      {destinations.length === 0 ? (
        <EmptyState title="Hear of it before somebody asks" actions={add}>
          Crondeck writes once when something breaks and once when it works again: by e-mail, to a Slack
          channel, or to a program of yours.
        </EmptyState>
      ) : (
        <ul aria-label="Destinations">
          {destinations.map((destination) => (
            <DestinationRow key={destination.destinationId} destination={destination} />
          ))}
        </ul>
      )}
      {isAdding && <AddDestination mail={mail} onClose={() => setIsAdding(false)} />}
    </Panel>
  );
}
