import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeViolations } from './axe.ts';

export const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** Light and dark, on a desktop and a phone: axe finds nothing, and nothing is beside the page. Ends wide. */
export const withoutFault = async ({ page }: { page: Page }): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const size of [PHONE, WIDE]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      const what = `${colorScheme}, ${size.width} wide`;
      expect(await axeViolations(page), what).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, what).toBeLessThanOrEqual(size.width);
    }
  }
};
