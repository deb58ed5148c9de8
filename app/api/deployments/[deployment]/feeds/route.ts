import { newFeedSchema } from '@/lib/crons/calendar-feed';
import { isServerZone } from '@/lib/schedule/zone';
import { recordSetting } from '@/lib/server/activity/record-setting';
import { createFeed, listFeeds } from '@/lib/server/feeds/feed-store';
import { publicUrl } from '@/lib/server/measuring/hook-address';
import { readJsonBody } from '@/lib/server/read-request';
import { respond, respondProblem } from '@/lib/server/responses';
import { withDashboard, type DeploymentContext } from '@/lib/server/with-dashboard';

/** FeedList: the calendar addresses of the deployment, without what would open them. */
export async function GET(_request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async ({ deployment, dashboard: { deps } }) =>
    respond({
      feeds: await listFeeds(deployment.config.id, deps.store),
      publicUrl: publicUrl(process.env),
    }),
  );
}

/** Makes an address for NewFeed: 201 with MadeFeed, whose path is shown this once. */
export async function POST(request: Request, { params }: DeploymentContext): Promise<Response> {
  return withDashboard((await params).deployment, async (inside) => {
    const { deployment, dashboard } = inside;
    const body = await readJsonBody(request, newFeedSchema);
    if (!body.ok) return respondProblem(body.error);
    if (!isServerZone(body.value.zone)) {
      const message = `"${body.value.zone}" is not a time zone.`;
      const hint = 'Give an IANA name such as Europe/Berlin.';
      return respondProblem({ code: 'bad-request', message, hint, field: 'zone' });
    }
    const made = await createFeed(
      deployment.config.id,
      body.value,
      dashboard.deps.store,
      dashboard.deps.now(),
    );
    if (!made.ok) return respondProblem(made.error);
    const { feed, token } = made.value;
    await recordSetting(inside, {
      subject: `calendar address “${feed.name}” made`,
      before: null,
      after: { filter: feed.filter, zone: feed.zone },
    });
    return respond({ feed, path: `/api/feeds/${token}.ics` }, 201);
  });
}
