import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';

export default function NotFound() {
  return (
    <main className="pt-16">
      <EmptyState title="There is no such page" actions={<LinkButton href="/">Show the crons</LinkButton>}>
        The address may be old or mistyped. Nothing was changed.
      </EmptyState>
    </main>
  );
}
