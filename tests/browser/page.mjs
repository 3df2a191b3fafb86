// Drives the page as a reader would. Arguments: address, token, Chromium, Playwright, a folder for screenshots (may be empty).

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

const [address, token, chromium, playwright, screenshots] = process.argv.slice(2);
const { chromium: browsers } = await import(pathToFileURL(playwright).href);
const browser = await browsers.launch({
  executablePath: chromium,
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

/** How long anything may take on a slow machine, in milliseconds; nothing waits for longer than it has to. */
const PATIENCE = 120_000;

const elsewhere = [],
  violations = [],
  errors = [];

/** A page that notes what it must not do. */
async function open(path, { width = 1280, height = 860, dark = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (origin !== address && !["data:", "blob:"].includes(protocol)) elsewhere.push(request.url());
  });
  page.on("console", (message) => {
    // The editor's library tries on an element of its own what the browser knows of events; the policy stops that, to no harm.
    const probing =
      message.location().url.endsWith("/vendor/yasgui.min.js") && /inline event handler/.test(message.text());
    if (/content security policy/i.test(message.text())) probing || violations.push(message.text());
    else if (message.type() === "error" && !/status of 40[0-9]/.test(message.text())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(address + path);
  await settled(page);
  return page;
}

const settled = (page) =>
  page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector("main[aria-busy]"));
const gone = (page, path) =>
  page.waitForURL((url) => decodeURIComponent(url.pathname).startsWith(path)).then(() => settled(page));

let failed = 0;
async function check(what, steps) {
  try {
    await steps();
    console.log(`ok: ${what}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED: ${what}\n${error.stack}`);
  }
}

await check("from a search to a person, a meeting and the very words", async () => {
  const page = await open("/");
  await page.keyboard.press("/");
  await page.keyboard.type("puti");
  // Only what the whole word has found: the list for its beginning may be there before.
  const first = page.locator("[role=listbox][data-query=puti] [role=option]").first();
  await first.waitFor();
  assert.match(await first.textContent(), /Vladimir Putin/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await gone(page, "/person/vladimir-putin");
  assert.equal(await page.locator("h1").textContent(), "Vladimir Putin");
  await page.locator("#meetings .line a.meeting").first().click();
  await gone(page, "/meeting/");
  assert.ok((await page.locator("#history li").count()) > 0);
  await page.locator("#outlets .passage a").first().click();
  await gone(page, "/article/");
  const quoted = new URL(page.url()).hash
    .match(/^#char=(\d+),(\d+)$/)
    .slice(1)
    .map(Number);
  const words = (await page.locator(".text mark").allTextContents()).join("");
  assert.equal([...words].length, quoted[1] - quoted[0], words);
  // Beside the words stands what they tell, how sure it is, and the way to why.
  assert.match(await page.locator(".chosen .confidence").first().textContent(), /^\d+ % (very |rather )?(un)?sure$/);
  assert.ok(
    await page
      .locator(".text mark")
      .first()
      .evaluate((mark) => {
        const { top, bottom } = mark.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }),
    "the words are in sight",
  );
  await page.locator(".chosen a[href*='/meeting/'][href$='#why']").first().click();
  await gone(page, "/meeting/");
  await page.waitForFunction(() => {
    const { top } = document.getElementById("why").getBoundingClientRect();
    return top >= 0 && top < innerHeight;
  });
  await page.goBack();
  await gone(page, "/article/");
  assert.ok(
    (await page.locator(".text .m-person").count()) > 0 && (await page.locator(".text .m-statement").count()) > 0,
  );
  await page.context().close();
});

await check("marks that overlap are all there, and the text is whole", async () => {
  const page = await open("/");
  const found = await page.evaluate(() => fetch("/api/articles?q=geneva").then((answer) => answer.json()));
  const article = await page.evaluate(
    (key) => fetch(`/api/${key}`).then((answer) => answer.json()),
    found.items[0].key,
  );
  await page.goto(`${address}/${article.key}`);
  await settled(page);
  assert.equal(await page.locator(".text").evaluate((text) => text.textContent), article.fragments[0].text);
  assert.ok(
    (await page.locator(".text .m-person.m-meeting, .text .m-person.m-statement").count()) > 0,
    "a person within a meeting or statement",
  );
  await page.locator(".legend input").first().uncheck();
  assert.ok((await page.locator(".text.hide-person").count()) === 1);
  await page.context().close();
});

await check("words of articles are never HTML", async () => {
  const page = await open("/search?q=onerror");
  const found = await page.evaluate(() =>
    Promise.all(
      ["articles?q=img", "people?q=ostrow", "statements?q=bridge+answer"].map((path) =>
        fetch(`/api/${path}`).then((answer) => answer.json()),
      ),
    ),
  );
  const [articles, people, statements] = found;
  assert.ok(
    articles.total > 0 && people.total > 0 && statements.total > 0,
    JSON.stringify(found.map((list) => list.total)),
  );
  assert.match(people.items[0].name, /<img src=x/);
  const meetings = await page.evaluate(
    (key) => fetch(`/api/meetings?about=${encodeURIComponent(key)}`).then((answer) => answer.json()),
    people.items[0].key,
  );
  const keys = [articles, people, statements, meetings].flatMap((list) => list.items.map((item) => item.key));
  const paths = [
    "/",
    "/articles",
    "/people",
    "/statements",
    "/meetings",
    "/network",
    "/timeline",
    "/decisions",
    "/search?q=script",
    ...keys.map((key) => `/${key}`),
    `/network?about=${people.items[0].key}`,
  ];
  for (const path of paths) {
    await page.goto(address + path);
    await settled(page);
    assert.equal(await page.evaluate(() => window.broken), undefined, path);
    assert.equal(
      await page.locator("main script, main img, main iframe, main [onerror], main [href^='javascript']").count(),
      0,
      path,
    );
  }
  await page.goto(`${address}/${articles.items[0].key}`);
  await settled(page);
  assert.match(await page.locator("h1").textContent(), /<script>window.broken=2<\/script>/);
  assert.equal(await page.evaluate(() => window.broken), undefined);
  await page.context().close();
});

await check("the network filters by time and status, opens nodes, and is saved", async () => {
  const page = await open("/network");
  await page.locator(".network .node").first().waitFor();
  const nodes = () => page.locator(".network .node").count();
  const all = await nodes();
  assert.ok(all > 4);
  const slider = page.locator("input[aria-label=From]");
  await slider.focus();
  await page.keyboard.press("End");
  assert.ok((await nodes()) < all, "fewer when the slider is late");
  await page.keyboard.press("Home");
  assert.equal(await nodes(), all);
  await page.locator(".network-controls input[name=held]").uncheck();
  assert.ok((await nodes()) < all, "fewer without what was held");
  await page.locator(".network-controls input[name=held]").check();
  const [dot] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save DOT" }).click(),
  ]);
  const [svg] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save SVG" }).click(),
  ]);
  const text = async (download) => (await (await download.createReadStream()).toArray()).map(String).join("");
  assert.match(await text(dot), /^graph network \{[\s\S]* -- [\s\S]*\}\n$/);
  assert.match(await text(svg), /^<\?xml[\s\S]*<svg [\s\S]*<circle[\s\S]*<\/svg>\n$/);
  await page.locator(".network .node").first().focus();
  await page.keyboard.press("Enter");
  await page.locator(".network .node.opened").first().waitFor();
  await page.context().close();
});

await check("the lines of the network are reached by the keyboard", async () => {
  const page = await open("/network");
  await page.locator(".network .node[tabindex='0']").focus();
  const entered = await page.evaluate(() => document.activeElement.dataset.key);
  await page.keyboard.press("ArrowDown");
  const line = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(line, / and .*: \d+ meetings?$/);
  await page.keyboard.press("Enter");
  await page.locator(".told .line a.meeting").first().waitFor();
  await page.keyboard.press("ArrowRight");
  const other = await page.evaluate(() => document.activeElement.dataset.key);
  assert.ok(other && other !== entered, `${entered} to ${other}`);
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await page.evaluate(() => document.activeElement.dataset.key), other);
  assert.equal(await page.locator(".network [tabindex='0']").count(), 1);
  await page.context().close();
});

await check("the editor asks the graph, with the named queries, and shares by its address", async () => {
  const page = await open("/editor");
  await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
  await page.selectOption("#named", "who-met-whom");
  await page.locator(".yasr table tbody tr").first().waitFor();
  assert.match(await page.locator(".yasr table").first().textContent(), /Biden/);
  await page.locator("#share").click();
  const shared = page.url();
  assert.match(shared, /#query=/);
  const other = await open(new URL(shared).pathname + new URL(shared).hash);
  await other.locator(".yasr table tbody tr").first().waitFor();
  await other.context().close();
  const graph = await open(
    `/editor#${new URLSearchParams({ query: "PREFIX dm: <https://w3id.org/demarche#> CONSTRUCT { ?a dm:met ?b } WHERE { ?a dm:met ?b }" })}`,
  );
  await graph.locator(".yasr table tbody tr").first().waitFor();
  await graph.locator(".select_graph").click();
  await graph.locator(".graph-result .node").first().waitFor();
  await graph.context().close();
  await page.context().close();
});

await check("everything can be reached by the keyboard", async () => {
  const page = await open("/meetings");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".line a.meeting"))) break;
  }
  const shown = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(shown, "solid", "what has the focus shows it");
  await page.keyboard.press("Enter");
  await gone(page, "/meeting/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  const unnamed = await page
    .locator("button, a[href], input, select")
    .evaluateAll((all) =>
      all
        .filter(
          (each) =>
            each.checkVisibility() &&
            !(each.textContent.trim() || each.getAttribute("aria-label") || each.labels?.length),
        )
        .map((each) => each.outerHTML),
    );
  assert.deepEqual(unnamed, []);
  await page.context().close();
});

await check("a narrow window needs no scrolling sideways", async () => {
  const page = await open("/", { width: 360, height: 740 });
  const keys = await page.evaluate(() =>
    Promise.all(
      ["people?sort=meetings", "meetings?sort=sources", "statements?sort=sources", "articles?limit=1"].map((list) =>
        fetch(`/api/${list}`)
          .then((answer) => answer.json())
          .then((answer) => answer.items[0].key),
      ),
    ),
  );
  for (const path of [
    "/",
    "/people",
    "/places",
    "/meetings",
    "/statements",
    "/articles",
    "/network",
    "/timeline",
    "/decisions",
    "/search?q=a",
    ...keys.map((key) => `/${key}`),
  ]) {
    await page.goto(address + path);
    await settled(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${path} is ${wide} pixels too wide`);
  }
  await page.context().close();
});

await check("a correction is applied and seen at once", async () => {
  const page = await open("/person/wendy-sherman");
  await page.locator("#correct").waitFor({ state: "visible" });
  const form = page.locator("form.correction", { hasText: "Another name" });
  await form.locator("input").fill("Wendy R. Sherman");
  await form.getByRole("button", { name: "Rename" }).click();
  await page.locator(".message.problem").waitFor();
  await page.getByLabel("Token").fill(token);
  await form.getByRole("button", { name: "Rename" }).click();
  await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Wendy R. Sherman");
  await settled(page);
  await page.context().close();
});

await check("where the graph takes long to follow, the page waits for it", async () => {
  const page = await open("/person/ann-linde");
  await page.locator("#correct").waitFor({ state: "visible" });
  // What the server answers to a large store: the correction is kept, its graph is still being made.
  await page.route("**/api/corrections", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ status: 202, json: { ...(await response.json()), served: false } });
  });
  let asked = 0;
  await page.route("**/api/status", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ json: { ...(await response.json()), current: ++asked > 1 } });
  });
  const form = page.locator("form.correction", { hasText: "Another name" });
  await form.locator("input").fill("Ann C. Linde");
  await page.getByLabel("Token").fill(token);
  await form.getByRole("button", { name: "Rename" }).click();
  await page.locator(".message", { hasText: "still being made anew" }).waitFor();
  await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Ann C. Linde");
  await page.context().close();
});

await check("corrections of every kind take effect", async () => {
  const page = await open("/person/ann-linde");
  await page.locator("#correct").waitFor({ state: "visible" });
  await page.getByLabel("Token").fill(token);
  const pair = page.locator("form.correction", { hasText: "The same" });
  const say = async (which, other) => {
    await pair.getByLabel("The other").fill(other);
    await pair.getByLabel(which, { exact: true }).check();
    await pair.getByRole("button", { name: "Say so" }).click();
  };
  await say("different", "person/sauli-niinisto");
  await page.locator("#why .decision", { hasText: "kept apart by a reader" }).waitFor();
  await say("the same", "person/mario-draghi");
  await page.locator("#why .decision", { hasText: "by a reader" }).first().waitFor();
  await page.waitForFunction(() => /Linde|Draghi/.test(document.querySelector("main .others")?.textContent ?? ""));
  const list = await page.evaluate(() => fetch("/api/meetings?about=person/henrik-osei").then((answer) => answer.json()));
  await page.goto(`${address}/${list.items[0].key}`);
  await settled(page);
  await page.locator("#correct").waitFor({ state: "visible" });
  await page.getByRole("button", { name: "Drop it" }).click();
  await page.waitForFunction(() => document.querySelector("main h1")?.textContent === "Not in this store");
  await page.context().close();
});

await check("no other host is asked, no policy is violated, no script fails", async () => {
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(violations, []);
  assert.deepEqual(errors, []);
});

if (screenshots) await pictures();
await browser.close();
process.exit(failed ? 1 : 0);

/** What the page looks like, for people to look at. */
async function pictures() {
  const list = async (page, path) =>
    page.evaluate((from) => fetch(`/api/${from}`).then((answer) => answer.json()), path);
  const start = await open("/");
  const person = (await list(start, "people?limit=1&sort=meetings")).items[0].key;
  const meeting = (await list(start, "meetings?limit=1&sort=sources")).items[0];
  const statement = (await list(start, "statements?limit=1&sort=sources")).items[0].key;
  const { article, start: from, end } = meeting.at;
  const paths = {
    home: "/",
    person: `/${person}`,
    meeting: `/${meeting.key}`,
    statement: `/${statement}`,
    article: `/${article}#char=${from},${end}`,
    meetings: "/meetings",
    network: "/network",
    timeline: "/timeline",
    editor: "/editor",
    places: "/places",
    decisions: "/decisions",
  };
  for (const [size, width] of [
    ["wide", 1280],
    ["narrow", 360],
  ]) {
    for (const dark of [false, true]) {
      for (const [name, path] of Object.entries(paths)) {
        const page = await open(path, { width, height: width > 500 ? 860 : 740, dark });
        if (name === "network") await page.locator(".network[data-still=yes]").waitFor();
        if (name === "editor") await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
        await page.screenshot({ path: `${screenshots}/${name}-${size}-${dark ? "dark" : "light"}.png` });
        await page.context().close();
      }
    }
  }
}
