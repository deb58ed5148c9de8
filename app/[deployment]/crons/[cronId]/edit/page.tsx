import type { Metadata } from 'next';
import { EditCron } from '@/components/cron-builder/edit-cron';

export const metadata: Metadata = { title: 'Edit cron' };

type Props = { params: Promise<{ cronId: string }> };

export default async function EditCronPage({ params }: Props) {
  return <EditCron cronId={(await params).cronId} />;
}
