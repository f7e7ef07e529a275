// Choose a picture of the house or upload a new one. choosePicture resolves to {id, url, alt, caption} or null.
const _ = window.gettext;

export function element(tag, properties = {}, children = []) {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

function field(label, input) {
  return element("label", {}, [label, input]);
}

export function choosePicture(textarea) {
  return new Promise((resolve) => {
    let chosen = null;
    const error = element("p", { className: "errornote", hidden: true });
    error.setAttribute("role", "alert");
    const refuse = (text) => { error.textContent = text; error.hidden = false; };

    const file = element("input", { type: "file", name: "file", accept: "image/*", required: true });
    const alt = element("input", { type: "text", name: "alt", maxLength: 200, required: true, className: "vTextField" });
    const caption = element("input", { type: "text", name: "caption", maxLength: 200, className: "vTextField" });
    const upload = element("form", { className: "union-upload" }, [
      element("h2", { textContent: _("Upload a new picture") }),
      field(_("Picture file (JPEG, PNG, WebP or GIF)"), file),
      field(_("What the picture shows, for readers who cannot see it"), alt),
      field(_("Caption below the picture (may be empty)"), caption),
      element("button", { type: "submit", className: "default", textContent: _("Upload and use") }),
    ]);

    const search = element("input", { type: "search", className: "vTextField" });
    const grid = element("ul", { className: "union-pictures" });
    const close = element("button", { type: "button", textContent: _("Close") });
    const dialog = element("dialog", { className: "union-dialog union-picture-dialog" }, [
      error,
      upload,
      element("h2", { textContent: _("Pictures that are there already") }),
      field(_("Search pictures"), search),
      grid,
      close,
    ]);
    dialog.setAttribute("aria-label", _("Choose a picture"));

    const take = (picture) => { chosen = picture; dialog.close(); };
    const show = async () => {
      const answer = await fetch(`${textarea.dataset.pictures}?q=${encodeURIComponent(search.value)}`).catch(() => null);
      if (!answer?.ok) return refuse(_("The server could not be reached. Check the connection and try again."));
      const { pictures } = await answer.json();
      grid.replaceChildren(...pictures.map((picture) => {
        const button = element("button", { type: "button" }, [
          element("img", { src: picture.url, alt: "", loading: "lazy" }),
          picture.alt,
        ]);
        button.addEventListener("click", () => take(picture));
        return element("li", {}, [button]);
      }));
      if (!pictures.length) grid.append(element("li", { textContent: _("No picture found.") }));
    };

    upload.addEventListener("submit", async (event) => {
      event.preventDefault();
      error.hidden = true;
      const data = new FormData(upload);
      const form = textarea.form;
      data.append("owner", form.elements.owner?.value ?? "");
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const answer = await fetch(textarea.dataset.upload, { method: "POST", body: data }).catch(() => null);
      const result = await answer?.json().catch(() => null);
      if (!result) return refuse(_("The server could not be reached. Check the connection and try again."));
      if (result.error) return refuse(result.error);
      take(result);
    });
    search.addEventListener("input", show);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); resolve(chosen); });
    document.body.append(dialog);
    dialog.showModal();
    show();
  });
}
