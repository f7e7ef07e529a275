// Proposes tags in use for the word being typed; the list is the browser's own datalist.
for (const input of document.querySelectorAll("input.union-tags")) {
  const list = document.createElement("datalist");
  list.id = `${input.id}_list`;
  input.after(list);
  input.setAttribute("list", list.id);
  let asked = "";
  input.addEventListener("input", async () => {
    const [, before, word] = /^(.*[,，、;；\s])?([^,，、;；\s]*)$/s.exec(input.value);
    if (!word || word === asked) return;
    asked = word;
    const answer = await fetch(`${input.dataset.tags}?q=${encodeURIComponent(word)}`);
    if (!answer.ok || word !== asked) return;
    const { tags } = await answer.json();
    list.replaceChildren(...tags.map((tag) => new Option("", (before ?? "") + tag)));
  });
}
