import { CalendarClock, CalendarDays, History, ListChecks, Settings, Sparkles } from 'lucide-react';

/** The tabs of a deployment, in order. `segment` is the first part of the address below it. */
export const sections = [
  { segment: 'crons', label: 'Crons', icon: CalendarClock },
  { segment: 'calendar', label: 'Calendar', icon: CalendarDays },
  { segment: 'runs', label: 'Runs', icon: ListChecks },
  { segment: 'cleanup', label: 'Cleanup', icon: Sparkles },
  { segment: 'activity', label: 'Activity', icon: History },
  { segment: 'settings', label: 'Settings', icon: Settings },
] as const;

/** Address of a section of a deployment. */
export function sectionPath(deploymentId: string, ...segments: readonly string[]): string {
  return `/${[deploymentId, ...segments].map(encodeURIComponent).join('/')}`;
}
