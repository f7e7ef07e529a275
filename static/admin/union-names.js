// Gives names to what the stock admin leaves without one, for readers who hear the page.
const say = window.gettext ?? ((words) => words);

function nameSearch() {
  const input = document.getElementById("searchbar");
  input?.setAttribute("aria-label", input.form.querySelector("[type=submit]").value);
}

function nameRows(root) {
  for (const table of root.querySelectorAll(".tabular table")) {
    const heads = [...table.querySelectorAll("thead th")];
    const first = heads.find((head) => head.classList.contains("original"));
    if (first && !first.textContent.trim()) {
      const word = Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: say("Row") });
      first.append(word);
    }
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, place) => {
        const name = heads[place]?.firstChild?.textContent.trim();
        if (!name) return;
        for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) field.setAttribute("aria-label", name);
      });
    }
  }
}

function nameChoices(root) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const label = document.querySelector(`label[for="${select.id}"]`)?.textContent.replace(/[:：]\s*$/, "").trim();
    const name = select.getAttribute("aria-label") || label;
    const box = select.nextElementSibling;
    if (!name || !box) continue;
    for (const part of box.querySelectorAll(".select2-selection, .select2-selection__rendered")) part.setAttribute("aria-label", name);
  }
}

function nameAll(root) {
  nameRows(document);
  nameChoices(root);
}

nameSearch();
window.addEventListener("load", () => nameAll(document));
window.django?.jQuery?.(() => nameAll(document)); // after the widgets' own start, which is queued before
document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
