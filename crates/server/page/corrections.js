// Setting right what was read wrong: appended to the store's corrections, where the server allows it.

import { h, put, freshId } from "/assets/dom.js";
import { correct, followed, get, status } from "/assets/api.js";
import { kindWord, link, section } from "/assets/parts.js";

const TOKEN = "token";

function token(set) {
  try {
    if (set !== undefined) sessionStorage.setItem(TOKEN, set);
    return sessionStorage.getItem(TOKEN) ?? "";
  } catch {
    return set ?? "";
  }
}

/** The forms for one thing; filled once it is known whether the server takes corrections. */
export function corrections(it, go) {
  const kind = it.kind ?? it.key.split("/")[0];
  const place = h("div", {});
  const whole = section("correct", "Set it right", place);
  whole.hidden = true;
  status().then(({ allow_update: allowed }) => {
    if (!allowed) return;
    whole.hidden = false;
    put(place, forms(it, kind, go));
  });
  return whole;
}

function forms(it, kind, go) {
  const message = h("p", { role: "status", class: "message" });
  const because = h("input", { id: freshId("because"), autocomplete: "off" });
  const secret = h("input", { id: freshId("token"), type: "password", autocomplete: "off", value: token() });
  const send = async (correction, after) => {
    message.className = "message";
    put(message, "Setting it right …");
    token(secret.value);
    try {
      const { served } = await correct({ ...correction, because: because.value || undefined }, secret.value);
      if (!served) {
        put(message, "It is in the store's corrections. The graph is still being made anew …");
        await followed();
      }
      put(message, "Done: it is in the store's corrections.");
      await after();
    } catch (error) {
      message.className = "message problem";
      put(
        message,
        error.status === 401
          ? "The token is missing or wrong: it is the one that the server was started with."
          : error.message,
      );
    }
  };
  const again = () => go(location.pathname, { replace: true });
  const named = ["person", "organization", "place"].includes(kind);
  const form = (label, fields, text, act, danger) =>
    h(
      "form",
      {
        class: "correction",
        onsubmit: (event) => {
          event.preventDefault();
          act();
        },
      },
      h("h3", {}, label),
      fields,
      h("button", { type: "submit", class: danger ? "danger" : "" }, text),
    );
  const all = [];
  if (named || kind === "meeting") {
    const other = picker(kind, it.key);
    all.push(
      form(
        named ? `The same ${kindWord(kind)} as another, or not` : "The same meeting as another, or not",
        [
          other.node,
          h(
            "div",
            { class: "choice" },
            h("label", {}, h("input", { type: "radio", name: "which", value: "same", checked: true }), " the same"),
            h("label", {}, h("input", { type: "radio", name: "which", value: "different" }), " different"),
          ),
        ],
        "Say so",
        () => {
          const which = all[0].querySelector("[name=which]:checked").value;
          if (!other.key()) return put(message, "Choose the other one first.");
          send({ action: which, things: [it.key, other.key()] }, async () => {
            // Of two that are one, either key may be left.
            const left = await get(it.key).then(
              () => it.key,
              () => other.key(),
            );
            go(`/${left}`, { replace: true });
          });
        },
      ),
    );
  }
  if (named) {
    const name = h("input", { id: freshId("name"), value: it.name, autocomplete: "off", required: true });
    all.push(
      form("Another name", h("div", { class: "field" }, h("label", { for: name.id }, "Name"), name), "Rename", () =>
        send({ action: "rename", thing: it.key, name: name.value }, async () => {
          const found = await get(it.key).then(
            () => it.key,
            () => get("search", { q: name.value, kind, limit: 1 }).then((page) => page.items[0]?.key ?? it.key),
          );
          go(`/${found}`, { replace: true });
        }),
      ),
    );
  }
  const what = named
    ? `This is no ${kindWord(kind)}`
    : kind === "meeting"
      ? "There is no such meeting in the text"
      : "Nobody said this";
  all.push(
    form(
      "An error of reading",
      h("p", {}, `${what}: it takes no part in anything any more.`),
      "Drop it",
      () => send({ action: "drop", thing: it.key }, () => again()),
      true,
    ),
  );
  const field = (label, input) => h("div", { class: "field" }, h("label", { for: input.id }, label), input);
  return [
    h(
      "p",
      { class: "quiet-text" },
      "What you say here wins over every rule. It is kept in the store's corrections, and can be taken out of them again.",
    ),
    h("div", { class: "filter" }, field("Token of this server", secret), field("Why (kept with it)", because)),
    h("div", { class: "corrections" }, all),
    message,
  ];
}

/** A field to find another thing of the kind by its name. */
function picker(kind, own) {
  const id = freshId("other"),
    list = freshId("choices");
  const input = h("input", { id, list, autocomplete: "off", placeholder: "type a name" });
  const choices = h("datalist", { id: list });
  const shown = h("p", { class: "quiet-text" });
  const known = new Map();
  let chosen;
  input.addEventListener("input", async () => {
    chosen =
      known.get(input.value) ??
      (input.value.startsWith(`${kind}/`) ? { key: input.value, name: input.value, kind } : undefined);
    put(shown, chosen && ["Chosen: ", link(chosen)]);
    if (chosen || !input.value.trim()) return;
    const page = await get("search", { q: input.value, kind, limit: 8 }).catch(() => ({ items: [] }));
    for (const item of page.items) if (item.key !== own) known.set(`${item.name} (${item.key})`, item);
    put(
      choices,
      page.items.filter((item) => item.key !== own).map((item) => h("option", { value: `${item.name} (${item.key})` })),
    );
  });
  return {
    node: h("div", { class: "field" }, h("label", { for: id }, "The other"), input, choices, shown),
    key: () => chosen?.key,
  };
}
