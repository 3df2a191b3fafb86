// Which address shows what.

import { h, put } from "/assets/dom.js";
import { arrived, setUpShell } from "/assets/shell.js";
import { home } from "/assets/home.js";
import { articles, meetings, named, statements, found, decisions } from "/assets/lists.js";
import { thing } from "/assets/named.js";
import { meeting } from "/assets/meeting.js";
import { statement } from "/assets/statement.js";
import { article } from "/assets/article.js";
import { network } from "/assets/network.js";
import { timeline } from "/assets/timeline.js";

const VIEWS = {
  "": home,
  search: found,
  people: named("people"),
  bodies: named("bodies"),
  places: named("places"),
  meetings,
  statements,
  articles,
  network,
  timeline,
  decisions,
};

const THINGS = { person: thing, organization: thing, place: thing, meeting, statement, article };

/** The view of an address, and what it is given. */
function viewOf(address) {
  const parts = address.pathname.split("/").filter(Boolean);
  if (parts.length <= 1 && VIEWS[parts[0] ?? ""]) return [VIEWS[parts[0] ?? ""], { parameters: address.searchParams }];
  if (parts.length === 2 && THINGS[parts[0]]) {
    return [THINGS[parts[0]], { key: parts.join("/"), parameters: address.searchParams, hash: address.hash }];
  }
  return [null, {}];
}

const main = document.getElementById("main");
const announce = document.getElementById("announce");
let leaving = new AbortController();

async function show(moved) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const address = new URL(location.href);
  const [view, given] = viewOf(address);
  arrived(address.pathname);
  try {
    main.setAttribute("aria-busy", "true");
    if (!view) throw new Error(`There is no page ${address.pathname}.`);
    const { title, nodes, ready } = await view({ ...given, signal, go });
    if (signal.aborted) return;
    document.title = title ? `${title} · demarche` : "demarche";
    put(main, nodes);
    announce.textContent = title ?? "demarche";
    if (moved) {
      window.scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
    if (address.hash) document.getElementById(address.hash.slice(1))?.scrollIntoView();
    ready?.();
  } catch (error) {
    if (signal.aborted || error.name === "AbortError") return;
    document.title = "demarche";
    put(
      main,
      h("h1", {}, error.status === 404 ? "Not in this store" : "That did not work"),
      h("p", { class: "problem", role: "alert" }, error.message),
      h("p", {}, h("a", { href: "/" }, "To the start")),
    );
  } finally {
    if (!signal.aborted) main.removeAttribute("aria-busy");
  }
}

/** Goes to an address of this page; with `replace`, in the place of this one. */
export function go(address, { replace = false, quiet = false } = {}) {
  history[replace ? "replaceState" : "pushState"]({}, "", address);
  return quiet ? undefined : show(!replace);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (
    !link ||
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return;
  if (link.hasAttribute("download") || link.target) return;
  const address = new URL(link.href, location.href);
  if (address.origin !== location.origin || !viewOf(address)[0]) return;
  if (address.pathname === location.pathname && address.search === location.search && address.hash) return;
  event.preventDefault();
  go(address);
});
document.addEventListener("waiting", ({ detail }) => {
  if (!main.querySelector("h1")) put(main, h("p", { class: "quiet-text", role: "status" }, `One moment: ${detail} …`));
});
window.addEventListener("popstate", () => show(false));

setUpShell(go);
show(false);
