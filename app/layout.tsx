import type { Metadata, Viewport } from 'next';
import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { readTheme, themeCookie, zoneCookie } from '@/components/shell/preferences';
import { Providers } from '@/components/shell/providers';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Crondeck', template: '%s · Crondeck' },
  description: 'The control desk for scheduled LangGraph agents.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // From cookies, so that the first paint already has the chosen theme: no script, no flash.
  const jar = await cookies();
  const theme = readTheme(jar.get(themeCookie)?.value);
  const zone = jar.get(zoneCookie)?.value ?? null;
  return (
    <html
      lang="en"
      data-theme={theme === 'system' ? undefined : theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <Providers theme={theme} chosenZone={zone}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
