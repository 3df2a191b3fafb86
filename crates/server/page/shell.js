// What belongs to every page: search, the menu, the colours, and where one is.

import { searchBox } from "/assets/search.js";
import { setUpTheme } from "/assets/theme.js";

const menu = document.getElementById("menu");
const nav = document.getElementById("nav");

/** Sets up what every page has; `go` leads to the address of what a reader has chosen. */
export function setUpShell(go) {
  setUpTheme(document.getElementById("theme"));
  searchBox(document.getElementById("search"), go);
  menu.addEventListener("click", () => {
    menu.setAttribute("aria-expanded", String(nav.classList.toggle("open")));
  });
}

/** Marks where one is, and closes the menu. */
export function arrived(path) {
  for (const link of nav.querySelectorAll("a")) {
    if (link.getAttribute("href") === path) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  nav.classList.remove("open");
  menu.setAttribute("aria-expanded", "false");
}
