import { expect, type Locator } from '@playwright/test';

/**
 * Takes one of a list that is found by typing. A list that grows shorter between press and release gets no click and stays
 * open, hiding what lies behind it: then one clicks again, as people do.
 */
export async function takeOption(option: Locator): Promise<void> {
  await expect(async () => {
    await option.click({ timeout: 5_000 });
    await expect(option).toBeHidden({ timeout: 5_000 });
  }).toPass({ timeout: 30_000 });
}
