import { z } from 'zod';
import { recordSetting } from '@/lib/server/activity/record-setting';
import { catalogueData } from '@/lib/server/cost/price-catalogue';
import { forgetKnowledge } from '@/lib/server/insight/keep-knowledge';
import { readJsonBody } from '@/lib/server/read-request';
import { respond, respondProblem } from '@/lib/server/responses';
import {
  readSetting,
  saveSetting,
  settingNames,
  type SettingName,
} from '@/lib/server/settings/setting-store';
import { withDashboard, type InDashboard } from '@/lib/server/with-dashboard';

type Context = { readonly params: Promise<{ readonly deployment: string; readonly name: string }> };

const bodySchema = z.strictObject({ value: z.unknown(), version: z.int().min(0) });

async function withSetting(
  { params }: Context,
  act: (name: SettingName, inside: InDashboard) => Promise<Response>,
): Promise<Response> {
  const { deployment, name } = await params;
  const known = settingNames.find((each) => each === name);
  if (known === undefined) {
    const message = `There are no settings called "${name}".`;
    return respondProblem({ code: 'not-found', message, hint: `There are: ${settingNames.join(', ')}.` });
  }
  return withDashboard(deployment, (inside) => act(known, inside));
}

/** `{ value, version, priceList }` of the settings `prices` or `budgets`; the price list is what prices come from. */
export async function GET(_request: Request, context: Context): Promise<Response> {
  return withSetting(context, async (name, { deployment, dashboard: { deps } }) =>
    respond({
      ...(await readSetting(deployment.config.id, name, deps.store)),
      priceList: catalogueData,
    }),
  );
}

/** Saves `{ value, version }`, version being the one that was read: 409 where somebody else has saved since. */
export async function PUT(request: Request, context: Context): Promise<Response> {
  return withSetting(context, async (name, inside) => {
    const { deployment, dashboard } = inside;
    const { store, now } = dashboard.deps;
    const body = await readJsonBody(request, bodySchema);
    if (!body.ok) return respondProblem(body.error);
    const before = await readSetting(deployment.config.id, name, store);
    const saved = await saveSetting(deployment.config.id, name, body.value, store, now());
    if (!saved.ok) return respondProblem(saved.error);
    await recordSetting(inside, {
      subject: `${name} changed`,
      before: before.value,
      after: saved.value.value,
    });
    await forgetKnowledge(deployment);
    return respond({ ...saved.value, priceList: catalogueData });
  });
}
