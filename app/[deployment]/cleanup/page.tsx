import type { Metadata } from 'next';
import { CleanupPage } from '@/components/cleanup/cleanup-page';

export const metadata: Metadata = { title: 'Cleanup' };

export default function Page() {
  return <CleanupPage />;
}
