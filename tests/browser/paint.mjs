// How long a page takes to be painted and to be whole, in milliseconds, for benches/RESULTS.md. Arguments: address of the page,
// how often, Chromium, Playwright.

import { pathToFileURL } from "node:url";

const [address, times, chromium, playwright] = process.argv.slice(2);
const { chromium: browsers } = await import(pathToFileURL(playwright).href);
const browser = await browsers.launch({
  executablePath: chromium,
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const taken = [];
for (let time = 0; time < Number(times); time += 1) {
  // Nothing is known from the time before.
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector("main[aria-busy]"));
  taken.push(
    await page.evaluate(() => ({
      painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      whole: performance.now(),
    })),
  );
  await context.close();
}
await browser.close();
for (const what of ["painted", "whole"]) {
  const sorted = taken.map((each) => each[what]).sort((a, b) => a - b);
  const [least, median, most] = [0, sorted.length >> 1, sorted.length - 1].map((at) => Math.round(sorted[at]));
  console.log(`${what}: ${median} ms (${least} to ${most})`);
}
