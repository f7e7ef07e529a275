// Articles a reader keeps: their numbers, the newest first, in this browser alone.
(() => {
  "use strict";
  const KEY = "unioncms-favourites";
  const MOST = 200;

  const kept = () => {
    try {
      const numbers = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(numbers) ? numbers.filter(Number.isSafeInteger) : [];
    } catch {
      return [];
    }
  };
  const keep = (numbers) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(numbers.slice(0, MOST)));
      return true;
    } catch {
      return false; // a browser that keeps nothing
    }
  };
  const address = (numbers) => `${location.pathname}?ids=${numbers.join(".")}`;

  const button = (element) => {
    const number = Number(element.dataset.favourite);
    const show = () => element.setAttribute("aria-pressed", String(kept().includes(number)));
    show();
    element.hidden = false;
    element.addEventListener("click", () => {
      const others = kept().filter((other) => other !== number);
      keep(element.getAttribute("aria-pressed") === "true" ? others : [number, ...others]);
      show();
    });
    addEventListener("pageshow", show);
    addEventListener("storage", show);
  };
  const page = (element) => {
    if (!new URLSearchParams(location.search).has("ids")) {
      const numbers = kept();
      if (numbers.length) location.replace(address(numbers));
      return;
    }
    const forget = element.querySelector("[data-forget]");
    if (!forget) return;
    forget.hidden = false;
    forget.addEventListener("click", () => {
      if (keep([])) location.replace(location.pathname);
    });
  };

  const ready = () => {
    document.querySelectorAll("[data-favourite]").forEach(button);
    document.querySelectorAll("[data-favourites]").forEach(page);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();
})();
