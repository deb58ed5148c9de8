'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { useState, type ReactNode } from 'react';
import { ApiProblem } from '@/lib/query/http';
import { Toaster } from '../ui/toaster';
import { PreferencesProvider } from './preferences-context';
import type { Theme } from './preferences';

// Asking again helps where nobody answered, not where somebody said no. Polling does the rest.
const retry = (failures: number, error: Error) =>
  failures < 2 && !(error instanceof ApiProblem && error.status > 0 && error.status < 500);

function makeClient() {
  return new QueryClient({
    defaultOptions: { queries: { retry, staleTime: 1_000 }, mutations: { retry: false } },
  });
}

type ProvidersProps = { theme: Theme; chosenZone: string | null; children: ReactNode };

export function Providers({ theme, chosenZone, children }: ProvidersProps) {
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <PreferencesProvider theme={theme} chosenZone={chosenZone}>
          {children}
          <Toaster />
        </PreferencesProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
