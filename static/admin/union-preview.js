// Who has a phone in the hand and asked for no frame sees the page as a phone shows it.
const phone = document.querySelector(".union-frames a[href*='frame=phone&']");
if (phone && window.innerWidth < 768 && !new URLSearchParams(location.search).has("frame")) location.replace(phone.href);

// In the frame of a preview a link that leaves the page opens in a new window; no page of the site lets itself be framed.
for (const frame of document.querySelectorAll("iframe.union-page")) {
  const mind = () => {
    const page = frame.contentDocument;
    page?.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (link && link.pathname !== page.location.pathname) link.target = "_blank";
    });
  };
  frame.addEventListener("load", mind);
  if (frame.contentDocument?.readyState === "complete") mind();
}

// The address of a preview link is copied with one press.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // where the site is not served over HTTPS
    }
    said.textContent = button.dataset.done;
  });
}
