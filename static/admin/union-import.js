// The import's pages: files dragged onto the form, progress that shows itself, the review by keyboard.
// Everything works without this script as well.
const at = (id) => document.getElementById(id);

for (const one of document.querySelectorAll(".scripted")) one.hidden = false;
for (const one of document.querySelectorAll(".unscripted")) one.hidden = true;

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function uploads(drop) {
  const input = drop.querySelector("input[type=file]");
  const show = () => {
    at("chosen").replaceChildren(...[...input.files].map((file) => {
      const row = document.createElement("li");
      const bytes = document.createElement("small");
      bytes.textContent = size(file.size);
      row.append(file.name, bytes);
      return row;
    }));
    at("chosen-count").textContent = input.files.length ? at("chosen-count").dataset.words.replace("%s", input.files.length) : "";
  };
  input.addEventListener("change", show);
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  drop.addEventListener("dragleave", (event) => { if (!drop.contains(event.relatedTarget)) drop.classList.remove("over"); });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
    show();
  });
}

async function progress(section) {
  const answer = await fetch(section.dataset.address).catch(() => null);
  const told = answer?.ok ? await answer.json() : null;
  if (told?.ended) return window.location.reload();
  if (told) {
    at("progress-title").textContent = told.state;
    at("progress-bar").max = told.total || 1;
    at("progress-bar").value = told.done;
    at("progress-done").textContent = told.done;
    at("progress-total").textContent = told.total;
    for (const row of document.querySelectorAll("[data-outcome]")) {
      row.querySelector("b").textContent = told.counts[row.dataset.outcome] ?? 0;
    }
  }
  setTimeout(progress, 1500, section);
}

function review(form) {
  const lines = at("lines");
  const light = (name) => {
    for (const one of document.querySelectorAll(".lit")) one.classList.remove("lit");
    if (!name) return;
    at(`field-${name}`)?.classList.add("lit");
    const marks = [...document.querySelectorAll(".found[data-fields]")].filter((mark) => mark.dataset.fields.split(" ").includes(name));
    for (const mark of marks) mark.classList.add("lit");
    const line = marks[0]?.closest("li");
    if (line && lines && lines.scrollHeight > lines.clientHeight + 1) {
      lines.scrollTop += line.getBoundingClientRect().top - lines.getBoundingClientRect().top - lines.clientHeight / 3;
    }
  };
  form?.addEventListener("focusin", (event) => light(event.target.closest("[data-field]")?.dataset.field));
  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-to]");
    const field = to && at(`id_${to.dataset.to}`);
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
  const does = {
    j: () => at("next-item")?.click(),
    k: () => at("previous-item")?.click(),
    a: () => at("accept")?.click(),
    e: () => form?.querySelector("[data-field] input, [data-field] select")?.focus(),
    d: () => { if (at("dismiss")) { at("dismiss").open = true; at("id_reason").focus(); } },
    "?": () => { const keys = document.querySelector(".union-keys"); if (keys) keys.open = !keys.open; },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable=true]");
    if (event.key === "Escape" && typing) return typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !does[event.key]) return;
    event.preventDefault();
    does[event.key]();
  });
}

if (at("drop")) uploads(at("drop"));
if (at("progress")) setTimeout(progress, 800, at("progress"));
if (document.querySelector(".union-import-review")) review(at("review-form"));
