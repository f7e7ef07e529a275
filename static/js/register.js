// The register without waiting for whole pages: its links and forms fetch the same address and put the new list in
// place. With keys to move by. Without script every link and form is what it was.
(() => {
  "use strict";
  const WAIT = 350; // milliseconds after the last tick of a box
  const OFF = "register-keys"; // in this browser: the keys are not wanted
  let place = document.querySelector("[data-register]");
  const said = document.querySelector("[data-said]");
  const keys = document.querySelector("[data-keys]");
  if (!place || !said) return;
  let request = null;
  let timer = 0;

  // How to find an element again after the list was replaced
  const trace = (element) => {
    if (!element || !place.contains(element)) return "";
    if (element.id) return `#${CSS.escape(element.id)}`;
    const { name, value, type, tagName } = element;
    if (tagName === "INPUT" && type === "checkbox") {
      return `form[id="${element.form?.id ?? ""}"] input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`;
    }
    if (name) return `[name="${CSS.escape(name)}"]`;
    return "";
  };

  const load = async (address, { push = true, focus = "" } = {}) => {
    request?.abort();
    const own = (request = new AbortController());
    place.setAttribute("aria-busy", "true");
    let page;
    try {
      const answer = await fetch(address, { signal: own.signal, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/html")) throw new Error("no page");
      address = answer.url + new URL(address, location.href).hash;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
      return;
    }
    const fresh = page.querySelector("[data-register]");
    if (!fresh) {
      location.assign(address); // signed out meanwhile
      return;
    }
    const open = [...place.querySelectorAll("details[open][id]")].map(({ id }) => id);
    place.replaceWith(fresh);
    place = fresh;
    for (const id of open) {
      const details = document.getElementById(id);
      if (details && details.tagName === "DETAILS") details.open = true;
    }
    ready();
    if (push) history.pushState({ register: true }, "", address);
    document.title = page.title;
    const target = (focus && place.querySelector(focus)) || place.querySelector("#found");
    target?.focus({ preventScroll: Boolean(focus) });
    const complaint = place.querySelector("[role=alert]");
    said.textContent = `${place.querySelector("#found")?.textContent ?? ""} ${complaint?.textContent ?? ""}`.trim();
  };

  const asked = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(pairs).toString();
    return new URL(form.action).pathname + (query ? `?${query}` : "");
  };

  const plain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !place.contains(link) || !plain(event) || event.defaultPrevented) return;
    if (link.hasAttribute("download") || link.hasAttribute("data-row") || link.hasAttribute("data-elsewhere")) return;
    const url = new URL(link.href);
    const here = new URL(place.querySelector("#filters").action).pathname;
    if (url.origin !== location.origin || url.pathname !== here || (url.hash && url.search === location.search)) return;
    event.preventDefault();
    load(url.pathname + url.search);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!place.contains(form) || form.method !== "get") return;
    event.preventDefault();
    clearTimeout(timer);
    load(asked(form));
  });
  // A box ticked at the filters applies them at once where they stand beside the list
  document.addEventListener("change", (event) => {
    const { target } = event;
    const form = target.form;
    if (form?.id !== "filters" || !place.contains(form) || location.hash === "#filters") return;
    if (target.type !== "checkbox" && target.tagName !== "SELECT") return;
    clearTimeout(timer);
    timer = setTimeout(() => load(asked(form), { focus: trace(document.activeElement) }), WAIT);
  });
  addEventListener("popstate", () => {
    if (location.hash === "" || !document.querySelector(location.hash)) load(location.href, { push: false });
  });

  // Keys
  const wanted = () => {
    try {
      return localStorage.getItem(OFF) === null;
    } catch {
      return true;
    }
  };
  const typing = (element) =>
    element?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
  const rows = () => [...place.querySelectorAll("[data-row]")];
  const move = (step) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const doing = {
    "/": () => {
      const field = place.querySelector("#f-q");
      if (field && field.offsetParent === null) location.hash = "#filters";
      field?.focus();
      field?.select();
    },
    j: () => move(1),
    k: () => move(-1),
    n: () => place.querySelector("a[rel=next]")?.click(),
    p: () => place.querySelector("a[rel=prev]")?.click(),
    "?": () => keys?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!wanted() || keys?.open || typing(event.target) || !Object.hasOwn(doing, event.key)) return;
    event.preventDefault();
    doing[event.key]();
  });
  function ready() {
    const button = place.querySelector("[data-keys-open]");
    if (!button || !keys?.showModal) return;
    button.hidden = false;
    button.addEventListener("click", () => keys.showModal());
  }
  const on = document.querySelector("[data-keys-on]");
  if (on) {
    on.checked = wanted();
    on.addEventListener("change", () => {
      try {
        if (on.checked) localStorage.removeItem(OFF);
        else localStorage.setItem(OFF, "off");
      } catch {
        // without a memory the keys stay as they are
      }
    });
  }
  ready();
})();
