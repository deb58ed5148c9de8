import { serveFeed } from '@/lib/server/feeds/serve-feed';

type Context = { readonly params: Promise<{ readonly token: string }> };

/** The iCalendar feed behind an address somebody was given: `/api/feeds/TOKEN.ics`. Open to whoever has the address. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return serveFeed((await params).token, request);
}
