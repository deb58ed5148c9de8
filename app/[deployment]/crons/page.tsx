import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CronsPage } from '@/components/cron-table/crons-page';

export const metadata: Metadata = { title: 'Crons' };

export default function Page() {
  return (
    <Suspense>
      <CronsPage />
    </Suspense>
  );
}
