// Search as one types: a text field with a list of results (the combobox of WAI-ARIA).

import { h, put, freshId } from "/assets/dom.js";
import { get } from "/assets/api.js";
import { kindWord } from "/assets/parts.js";

const WAIT = 80;
// Of each kind: many names would leave no room for what was told in these words.
const EACH = 2;

/** Makes the search of the header. `/` goes there from anywhere; arrows, Enter and Escape work in it. */
export function searchBox(place, go) {
  const list = freshId("results");
  const input = h("input", {
    type: "search",
    placeholder: "Search people, meetings, words …",
    "aria-label": "Search",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list,
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
  });
  const results = h("ul", { id: list, role: "listbox", "aria-label": "Results", hidden: true });
  put(place, input, h("kbd", { "aria-hidden": "true" }, "/"), results);

  let timer,
    asked,
    chosen = -1;

  const close = () => {
    results.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (next) => {
    const options = results.querySelectorAll("[role=option]");
    if (!options.length) return;
    chosen = (next + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const open = (address) => {
    asked?.abort();
    clearTimeout(timer);
    close();
    input.blur();
    go(address);
  };
  const all = () => `/search?q=${encodeURIComponent(input.value.trim())}`;

  async function ask() {
    const q = input.value.trim();
    asked?.abort();
    if (!q) return close();
    asked = new AbortController();
    try {
      const page = await get("search", { q, each: EACH }, { signal: asked.signal });
      const options = page.items.map((item) => option(item, `/${item.key}`, open));
      if (page.total > page.items.length) {
        options.push(
          h(
            "li",
            {
              role: "option",
              id: freshId("option"),
              "data-href": all(),
              class: "more",
              onmousedown: (event) => {
                event.preventDefault();
                open(all());
              },
            },
            `All ${page.total.toLocaleString("en")} results`,
          ),
        );
      }
      results.dataset.query = q;
      put(results, options.length ? options : h("li", { class: "none" }, "Nothing has words that begin so."));
      results.hidden = false;
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", "true");
    } catch (error) {
      if (error.name === "AbortError") return;
      put(results, h("li", { class: "none" }, error.message));
      results.hidden = false;
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("focus", () => input.value.trim() && ask());
  input.addEventListener("blur", () => setTimeout(close, 100));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = results.querySelectorAll("[role=option]")[chosen];
      if (option) open(option.dataset.href);
      else if (input.value.trim()) open(all());
    } else if (event.key === "Escape") {
      if (results.hidden) {
        input.value = "";
        input.blur();
      }
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
}

function option(item, href, open) {
  const said = item.kind === "statement";
  const detail = [
    said ? item.speaker?.name : item.detail,
    item.matched && `also “${item.matched}”`,
    said && item.reported,
  ];
  return h(
    "li",
    {
      role: "option",
      id: freshId("option"),
      "aria-selected": "false",
      "data-href": href,
      class: `option of-${item.kind}`,
      onmousedown: (event) => {
        event.preventDefault();
        open(href);
      },
    },
    h("span", { class: `dot ${item.kind}`, "aria-hidden": "true" }),
    h(
      "span",
      { class: "what" },
      h("span", { class: said ? "name said" : "name" }, said ? `“${item.name}”` : item.name),
      h("span", { class: "detail" }, [kindWord(item.kind), ...detail].filter(Boolean).join(" · ")),
    ),
    h("span", { class: "count" }, item.sources),
  );
}
