/** Runs once when the server starts. Bulk jobs and leases that an earlier start left unfinished are taken up. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return;
  const { startDashboard } = await import('@/lib/server/dashboard');
  await startDashboard();
}
