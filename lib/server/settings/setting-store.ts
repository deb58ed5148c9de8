import 'server-only';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { alertSettingsSchema, type AlertSettings } from '@/lib/alerts/alert-settings';
import { assistantIdSchema } from '@/lib/crons/ids';
import { err, ok, type Problem, type Result } from '@/lib/result';
import { parsePriceSettings, priceSettingsSchema, type PriceSettings } from '../cost/price-settings';
import type { Store } from '../store/open-store';
import { settings } from '../store/schema';

export const settingNames = ['prices', 'budgets', 'alerts'] as const;
export type SettingName = (typeof settingNames)[number];

const budgetSchema = z.strictObject({
  scope: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('deployment') }),
    z.strictObject({ kind: z.literal('assistant'), assistantId: assistantIdSchema }),
  ]),
  amount: z.number().min(0).max(1_000_000_000),
});

/** Monthly amounts in the currency of the prices; at most one for the deployment and for each assistant. */
export const budgetSettingsSchema = z
  .strictObject({ budgets: z.array(budgetSchema).max(500).default([]) })
  .refine(({ budgets }) => new Set(budgets.map(keyOf)).size === budgets.length, {
    path: ['budgets'],
    error: 'There are two budgets for the same.',
  });
export type BudgetSettings = z.infer<typeof budgetSettingsSchema>;

function keyOf({ scope }: z.infer<typeof budgetSchema>): string {
  return scope.kind === 'deployment' ? '' : scope.assistantId;
}

export type DeploymentSettings = {
  readonly prices: PriceSettings;
  readonly budgets: BudgetSettings;
  readonly alerts: AlertSettings;
};

/** A setting as it is stored; version 0 where nothing was ever saved. */
export type StoredSetting<Name extends SettingName = SettingName> = {
  readonly value: DeploymentSettings[Name];
  readonly version: number;
};

function parse<Name extends SettingName>(
  name: Name,
  given: unknown,
): Result<DeploymentSettings[Name], Problem> {
  const parsers: { [Each in SettingName]: (given: unknown) => Result<DeploymentSettings[Each], Problem> } = {
    prices: parsePriceSettings,
    budgets: parseBudgets,
    alerts: parseAlerts,
  };
  return parsers[name](given);
}

function parseAlerts(given: unknown): Result<AlertSettings, Problem> {
  const read = alertSettingsSchema.safeParse(given);
  if (read.success) return ok(read.data);
  const issue = read.error.issues[0];
  return err({
    code: 'invalid-settings',
    field: issue?.path.join('.') ?? '',
    message: issue?.message ?? 'These are no settings of alerts.',
    hint: 'Nothing was changed. Correct it and save again.',
  });
}

function parseBudgets(given: unknown): Result<BudgetSettings, Problem> {
  const read = budgetSettingsSchema.safeParse(given);
  if (read.success) return ok(read.data);
  const issue = read.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return err({
    code: 'invalid-settings',
    field,
    message: `The budgets cannot be used: ${field === '' ? '' : `${field}: `}${issue?.message ?? 'not budgets'}`,
    hint: 'Nothing was changed. Give an amount from 0 on, one for each assistant.',
  });
}

const fallbacks: DeploymentSettings = {
  prices: priceSettingsSchema.parse({}),
  budgets: budgetSettingsSchema.parse({}),
  alerts: alertSettingsSchema.parse({}),
};

/** Reads a setting; one that cannot be read any more counts as never saved, at its version, and can be saved anew. */
export async function readSetting<Name extends SettingName>(
  deployment: string,
  name: Name,
  store: Store,
): Promise<StoredSetting<Name>> {
  const [row] = await store.db
    .select()
    .from(settings)
    .where(and(eq(settings.deployment, deployment), eq(settings.name, name)));
  if (!row) return { value: fallbacks[name], version: 0 };
  const read = parse(name, fromJson(row.value));
  return { value: read.ok ? read.value : fallbacks[name], version: row.version };
}

/**
 * Saves a setting over the version somebody has seen. Refuses what cannot be used, and what somebody else has changed in the
 * meantime: then nothing is lost on either side.
 */
export async function saveSetting<Name extends SettingName>(
  deployment: string,
  name: Name,
  given: { readonly value: unknown; readonly version: number },
  store: Store,
  nowMs: number,
): Promise<Result<StoredSetting<Name>, Problem>> {
  const read = parse(name, given.value);
  if (!read.ok) return read;
  const value = JSON.stringify(read.value);
  const version = given.version + 1;
  const [saved] = await store.write([
    given.version === 0
      ? store.db
          .insert(settings)
          .values({ deployment, name, value, version, updatedAt: nowMs })
          .onConflictDoNothing()
      : store.db
          .update(settings)
          .set({ value, version, updatedAt: nowMs })
          .where(
            and(
              eq(settings.deployment, deployment),
              eq(settings.name, name),
              eq(settings.version, given.version),
            ),
          ),
  ]);
  return saved?.rowsAffected === 1 ? ok({ value: read.value, version }) : err(changed);
}

const changed: Problem = {
  code: 'settings-changed',
  message: 'Somebody else has saved these settings in the meantime.',
  hint: 'Nothing was changed. Reload to see what they are now, then save again.',
};

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
