// Suggestions below every search field: a combobox after the ARIA Authoring Practices 1.2. Without script, or when the
// site does not answer, the field is the plain form it was.
(() => {
  "use strict";
  const WAIT = 150; // milliseconds after the last key
  const KEPT = 50; // answers kept

  const enhance = (form) => {
    const input = form.querySelector("input[name=q]");
    const address = new URL("suggest", form.action);
    const answers = new Map();
    const list = document.createElement("ul");
    const status = document.createElement("div");
    let options = [];
    let active = -1;
    let timer = 0;
    let request = null;
    let composing = false;

    list.id = `${input.id}-suggestions`;
    list.className = "suggest";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.querySelector("label").textContent);
    status.className = "vh";
    status.setAttribute("role", "status");
    form.append(list, status);
    input.type = "text"; // a searchbox may not be a combobox
    input.enterKeyHint = "search";
    input.autocomplete = "off";
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    const choose = (place) => {
      options[active]?.setAttribute("aria-selected", "false");
      active = place;
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[active].id);
    };
    const open = (shown) => {
      list.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown));
      if (!shown) choose(-1);
    };
    const close = () => {
      clearTimeout(timer);
      request?.abort();
      open(false);
      status.textContent = "";
    };
    const option = (item, place) => {
      const row = document.createElement("li");
      const kind = document.createElement("small");
      row.id = `${list.id}-${place}`;
      row.dataset.url = item.url;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      kind.textContent = item.kind;
      row.append(item.text, " ", kind);
      return row;
    };
    const show = (answer) => {
      choose(-1);
      options = answer.items.map(option);
      list.replaceChildren(...options);
      status.textContent = answer.said;
      open(options.length > 0);
    };
    const ask = async () => {
      const text = input.value.trim();
      request?.abort();
      if (!text) {
        close();
        return;
      }
      if (!answers.has(text)) {
        request = new AbortController();
        address.searchParams.set("q", text);
        try {
          const response = await fetch(address, { signal: request.signal, credentials: "omit" });
          if (!response.ok) return;
          answers.set(text, await response.json());
        } catch {
          return; // asked for something else meanwhile, or the site is away
        }
        if (answers.size > KEPT) answers.delete(answers.keys().next().value);
      }
      if (input.value.trim() === text && document.activeElement === input) show(answers.get(text));
    };
    const soon = () => {
      clearTimeout(timer);
      if (!composing) timer = setTimeout(ask, WAIT);
    };

    input.addEventListener("input", soon);
    input.addEventListener("compositionstart", () => {
      composing = true;
    });
    input.addEventListener("compositionend", () => {
      composing = false;
      soon();
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const last = options.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else if (event.key === "ArrowDown") choose(active === last ? -1 : active + 1);
        else choose(active < 0 ? last : active - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        location.assign(options[active].dataset.url);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) location.assign(row.dataset.url);
    });
  };

  for (const form of document.querySelectorAll("form.seek, form.bigseek")) enhance(form);
})();
