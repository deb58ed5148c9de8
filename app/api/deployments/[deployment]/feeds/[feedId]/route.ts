import { recordSetting } from '@/lib/server/activity/record-setting';
import { listFeeds, renewFeed, revokeFeed } from '@/lib/server/feeds/feed-store';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard } from '@/lib/server/with-dashboard';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly feedId: string }> };

const gone = {
  code: 'not-found',
  message: 'This calendar address was revoked already.',
  hint: 'Make a new one if it is still needed.',
};

/** Replaces the address: MadeFeed with the new one; what reads the old one gets 404 from now on. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  const { deployment: id, feedId } = await params;
  return withDashboard(id, async (inside) => {
    const {
      deployment,
      dashboard: { deps },
    } = inside;
    const renewed = await renewFeed(deployment.config.id, feedId, deps.store, deps.now());
    if (renewed === null) return respondProblem(gone);
    const subject = `calendar address “${renewed.feed.name}” renewed`;
    await recordSetting(inside, { subject, before: null, after: null });
    return respond({ feed: renewed.feed, path: `/api/feeds/${renewed.token}.ics` });
  });
}

/** Ends the address for good. */
export async function DELETE(_request: Request, { params }: Context): Promise<Response> {
  const { deployment: id, feedId } = await params;
  return withDashboard(id, async (inside) => {
    const { store } = inside.dashboard.deps;
    const { id: of } = inside.deployment.config;
    const feed = (await listFeeds(of, store)).find((each) => each.feedId === feedId);
    if (!(await revokeFeed(of, feedId, store))) return respondProblem(gone);
    const subject = `calendar address “${feed?.name ?? ''}” revoked`;
    await recordSetting(inside, { subject, before: null, after: null });
    return respond({ feedId });
  });
}
