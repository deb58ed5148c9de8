import { deploymentById } from '@/lib/server/deployments';
import { exportCrons, readExportFormat } from '@/lib/server/export-crons';
import { readCronQuery } from '@/lib/server/read-request';
import { respondProblem } from '@/lib/server/responses';

type Context = { readonly params: Promise<{ readonly deployment: string }> };

/** A download of all that match the query, in the order of the table; ?format=csv|json. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const found = deploymentById((await params).deployment);
  if (!found.ok) return respondProblem(found.error);
  const search = new URL(request.url).searchParams;
  const format = readExportFormat(search.get('format'));
  if (!format.ok) return respondProblem(format.error);
  const file = await exportCrons(found.value, readCronQuery(search), format.value);
  if (!file.ok) return respondProblem(file.error);
  return new Response(file.value.stream, {
    headers: {
      'content-type': file.value.type,
      'content-disposition': `attachment; filename="${file.value.name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
