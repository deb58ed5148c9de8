/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // libsql loads a native binary and must stay outside the bundle.
  serverExternalPackages: ['@libsql/client', 'pino'],
  // `npm run check` checks all types; whoever only starts the dashboard need not wait for it.
  typescript: { ignoreBuildErrors: true },
};

export default config;
