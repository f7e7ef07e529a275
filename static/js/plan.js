// The plan page: on a narrow window its outline is folded. For those who may edit it keys on the row that has the
// focus, words taken from a selection, and parts of the page exchanged in place. Without script every link and form does
// the same by a new page.
(() => {
  "use strict";
  const page = () => document.getElementById("plan");
  const outline = document.querySelector(".outline .outfold");
  if (outline && !matchMedia("(min-width: 64em)").matches) outline.open = false;
  if (!page() || !page().dataset.plan) return;
  const byId = (id) => document.getElementById(id);

  // Exchange the page's parts for those of an answer, and put the focus on the row the answer names, else on the one it
  // was on, else on the desk.
  const focusOn = (...names) => {
    const row = names.map((name) => name && byId(name)).find((found) => found && found.matches("[data-edit]"));
    const place = row ? row.querySelector("a.head, .ref") : byId("desk");
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  };
  const open = () => page().querySelector("#desk .panel");
  const firstField = () => open() && open().querySelector("input:not([type=hidden]), select, button");
  const show = async (response, wanted) => {
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = answer.getElementById("plan");
    if (!fresh) {
      location.assign(response.url);
      return;
    }
    const keys = page().querySelector(".shortcuts");
    if (keys && keys.open) fresh.querySelector(".shortcuts").open = true;
    fresh.querySelector(".outfold").open = page().querySelector(".outfold").open;
    page().replaceWith(document.adoptNode(fresh));
    byId("said").replaceChildren(...answer.getElementById("said").childNodes);
    const address = new URL(response.url);
    const at = address.searchParams.get("at");
    address.searchParams.delete("at");
    if (response.ok) history.replaceState(null, "", address.pathname + address.search);
    if (byId("refusal")) byId("refusal").focus();
    else if (wanted === "panel" && firstField()) firstField().focus();
    else focusOn(at, wanted);
  };
  let busy = false;
  const ask = async (address, options, wanted) => {
    if (busy) return;
    busy = true;
    try {
      await show(await fetch(address, options), wanted);
    } catch {
      location.reload();
    } finally {
      busy = false;
    }
  };
  const send = (address, fields, wanted) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", page().querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return ask(address, { method: "POST", body }, wanted);
  };
  const rowOf = (element) => element.closest("[data-edit]");
  const panelRow = () => (open() ? open().dataset.of : "");

  addEventListener("click", (event) => {
    const link = event.target.closest("a[data-part]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.href, {}, link.hasAttribute("data-close") ? panelRow() : "panel");
  });
  addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-part]");
    if (!form) return;
    event.preventDefault();
    const button = event.submitter;
    const address = (button && button.getAttribute("formaction")) || form.action;
    ask(address, { method: "POST", body: new FormData(form) }, panelRow());
  });

  // Words that are selected in the text are put into the field for words, with the place where they begin. What the
  // page adds to the text (numbers of targets, themes) is no part of it.
  const added = (node) => node.parentElement.closest("[data-added]");
  const words = (range, prose) => {
    const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
    let near = 0, said = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (added(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (!range.intersectsNode(node)) {
        if (said) break;
        near += [...node.data.replace(/\s/g, "")].length;
        continue;
      }
      if (!said) near += [...node.data.slice(0, from).replace(/\s/g, "")].length;
      said += node.data.slice(from, to);
    }
    return { near, said: said.replace(/[\s\u2060]+/g, " ").trim() };
  };
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const prose = byId("prose");
    if (!selection.rangeCount || selection.isCollapsed || !prose) return;
    const range = selection.getRangeAt(0);
    if (!prose.contains(range.startContainer) || !prose.contains(range.endContainer)) return;
    const { near, said } = words(range, prose);
    byId("pick-words").value = said;
    byId("pick-near").value = near;
  });
  addEventListener("input", (event) => {
    if (event.target.id === "pick-words") byId("pick-near").value = "";
  });

  // Keys work on the row that has the focus alone, so that no letter does anything elsewhere.
  const picked = () => ({ words: byId("pick-words").value, near: byId("pick-near").value });
  const clauseKeys = { m: "merge", u: "up", d: "down", i: "in", o: "out", c: "confirm" };
  const targetKeys = { c: "confirm", x: "delete" };
  const wanting = (deed, row) => {
    if (picked().words) send(row.dataset.edit + deed, picked(), row.id);
    else byId("pick-words").focus();
  };
  const rows = () => [...page().querySelectorAll("[data-edit] > a.head, [data-edit] > .top > .ref")];
  const step = (from, by) => {
    const own = from.querySelector("a.head, .ref");
    const all = rows().filter((link) => link.matches(".head") === own.matches(".head"));
    const next = all[all.indexOf(own) + by];
    if (next) next.focus();
  };
  const act = (key, row) => {
    const clause = row.id.startsWith("row-");
    const deed = (clause ? clauseKeys : targetKeys)[key];
    const plan = page().dataset.plan;
    if (deed) send(`${row.dataset.edit}${deed}/`, {}, row.id);
    else if (key === "e") row.querySelector("a.edit").click();
    else if (key === "s" && clause) wanting("split/", row);
    else if (key === "w" && !clause) wanting("requote/", row);
    else if (key === "a" || key === "n") {
      if (picked().words) send(`${plan}${key === "a" ? "targets" : "clauses"}/add/`, picked(), row.id);
      else byId("pick-words").focus();
    } else if (key === "z") send(`${plan}undo/`, {}, row.id);
    else if (key === "?") page().querySelector(".shortcuts").toggleAttribute("open");
    else if (key === "ArrowDown" || key === "ArrowUp") step(row, key === "ArrowDown" ? 1 : -1);
    else return false;
    return true;
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && open() && page().contains(event.target)) {
      open().querySelector("[data-close]").click();
      return;
    }
    if (event.target.closest("input, select, textarea, button")) return;
    const at = event.target.closest(".ptext a.ref[data-edit]");
    const row = at ? byId(at.hash.slice(1)) : rowOf(event.target);
    if (row && act(event.key, row)) event.preventDefault();
  });
})();
