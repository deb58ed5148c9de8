import type { Metadata } from 'next';
import { NewCron } from '@/components/cron-builder/new-cron';

export const metadata: Metadata = { title: 'New cron' };

type Props = { searchParams: Promise<{ from?: string | string[] }> };

export default async function NewCronPage({ searchParams }: Props) {
  const { from } = await searchParams;
  return <NewCron from={typeof from === 'string' && from !== '' ? from : null} />;
}
