// The reader's choice of size, view and scheme, kept in this browser. Without script the links set it for one page.
(() => {
  "use strict";
  const KEY = "unioncms-modes";
  const NAMES = { view: ["elder"], size: ["s", "l"], scheme: ["light", "dark"] };
  const root = document.documentElement;

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  };
  const apply = (modes) => {
    for (const [name, values] of Object.entries(NAMES)) {
      if (values.includes(modes[name])) root.dataset[name] = modes[name];
      else delete root.dataset[name];
    }
  };
  const current = () => {
    const shown = Object.keys(NAMES).filter((name) => root.dataset[name]);
    return Object.fromEntries(shown.map((name) => [name, root.dataset[name]]));
  };
  const mark = () => {
    for (const link of document.querySelectorAll("a[data-mode]")) {
      const [name, value] = link.dataset.mode.split("=");
      const chosen = name !== "view" && (root.dataset[name] || "") === value;
      if (chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  const asked = new URLSearchParams(location.search);
  const modes = read();
  let named = false;
  for (const name of Object.keys(NAMES)) {
    if (asked.has(name)) {
      modes[name] = asked.get(name);
      named = true;
    }
  }
  if (named || Object.keys(modes).length) apply(modes);

  const ready = () => {
    mark();
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-mode]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const [name, value] = link.dataset.mode.split("=");
      const modes = current(); // those the address named count as chosen too
      if (value) modes[name] = value;
      else delete modes[name];
      try {
        localStorage.setItem(KEY, JSON.stringify(modes));
      } catch {
        // a browser that keeps nothing still changes this page
      }
      apply(modes);
      mark();
    });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
