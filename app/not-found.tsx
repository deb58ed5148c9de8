import { buttonClass } from '@/components/ui/button-class';
import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  // A plain link: this page is part of every other one, and a link that knows the router would come along with it.
  const home = (
    // oxlint-disable-next-line nextjs/no-html-link-for-pages
    <a href="/" className={buttonClass()}>
      Show the crons
    </a>
  );
  return (
    <main className="pt-16">
      <EmptyState title="There is no such page" actions={home}>
        The address may be old or mistyped. Nothing was changed.
      </EmptyState>
    </main>
  );
}
