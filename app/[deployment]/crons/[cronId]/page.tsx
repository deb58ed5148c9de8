import type { Metadata } from 'next';
import { CronPage } from '@/components/cron-detail/cron-page';

export const metadata: Metadata = { title: 'Cron' };

export default async function Page({ params }: { params: Promise<{ cronId: string }> }) {
  return <CronPage cronId={(await params).cronId} />;
}
