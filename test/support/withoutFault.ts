import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeViolations } from './axe.ts';

export const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** Light and dark, on a desktop and a phone: axe finds nothing, and nothing is beside the page. Ends wide. */
export const withoutFault = async ({ page }: { page: Page }): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const size of [PHONE, WIDE]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      const what = `${colorScheme}, ${size.width} wide`;
      const faults = await axeViolations(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > size.width) faults.push(`the page is ${width} wide`);
      expect({ what, faults }).toEqual({ what, faults: [] });
    }
  }
};
