import { expect, type Locator, type Page } from '@playwright/test';
import { sdk } from './local-deployment';
import { takeOption } from './take-option';

/** Opens a fresh form. */
export async function openBuilder(page: Page, path = '/local/crons/new'): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('form')).toBeVisible();
}

export async function chooseAssistant(page: Page, name: string): Promise<void> {
  await choose(page, 'Assistant', name, page.getByRole('option', { name, exact: true }));
}

async function choose(page: Page, label: string, search: string, option: Locator): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(search);
  await takeOption(option);
}

export async function sayWhen(page: Page, sentence: string): Promise<void> {
  await page.getByRole('tab', { name: 'In words' }).click();
  await page.getByRole('textbox', { name: 'When it runs, in words' }).fill(sentence);
}

export async function writeExpression(page: Page, expression: string): Promise<void> {
  await page.getByRole('tab', { name: 'Expression' }).click();
  await page.getByRole('textbox', { name: 'Cron expression' }).fill(expression);
}

export async function chooseZone(page: Page, search: string, name: string | RegExp): Promise<void> {
  await choose(page, 'Time zone', search, page.getByRole('option', { name }));
}

export async function writeMessage(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message to the agent' }).fill(text);
}

/** Writes JSON for an assistant that takes no messages, once the server has told so. */
export async function writeInput(page: Page, json: string): Promise<void> {
  await page.getByRole('button', { name: 'Fill in its form' }).click({ timeout: 60_000 });
  await page.getByRole('radio', { name: 'JSON', exact: true }).click();
  await page.getByRole('textbox', { name: 'Input' }).fill(json);
}

/** The crons of one name as the SDK sees them, with the fields the SDK's types leave out. */
export async function cronsNamed(name: string): Promise<StoredCron[]> {
  const crons = (await sdk.crons.search({ limit: 100 })) as unknown as StoredCron[];
  return crons
    .filter((cron) => cron.metadata.name === name)
    .toSorted((a, b) => a.schedule.localeCompare(b.schedule));
}

export type StoredCron = {
  readonly cron_id: string;
  readonly assistant_id: string;
  readonly thread_id: string | null;
  readonly schedule: string;
  readonly timezone: string | null;
  readonly enabled: boolean;
  readonly end_time: string | null;
  readonly on_run_completed: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
};
