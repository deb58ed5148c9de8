'use client';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { plainQuery } from '@/lib/crons/cron-list';
import { cronListQuery } from '@/lib/query/cron-queries';
import { Combobox } from '../ui/combobox';

const listed = 20;

/** Finds one cron among all of them, by whatever the table finds it by. */
export function CronChoice({
  deploymentId,
  onChoose,
}: {
  deploymentId: string;
  onChoose: (cronId: string) => void;
}) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({
    ...cronListQuery(deploymentId, { ...plainQuery, q, sort: 'name', limit: listed }),
    refetchInterval: false,
  });
  return (
    <div className="w-52">
      <Combobox
        size="small"
        aria-label="Cron"
        placeholder="Any cron"
        options={(data?.rows ?? []).map(({ cronId, name }) => ({ value: cronId, label: name }))}
        value={null}
        onChange={(option) => option && onChoose(option.value)}
        onSearch={setText}
        loading={isFetching && data === undefined}
        empty="No cron is called that."
      />
    </div>
  );
}
