// Counts a view of this page once somebody sees it, and shows the number the server answers with.
(() => {
  "use strict";
  const place = document.querySelector("[data-views]");
  if (!place) return;
  let counted = false;
  const count = async () => {
    if (counted || document.prerendering || document.visibilityState !== "visible") return;
    counted = true;
    try {
      const answer = await fetch(place.dataset.views, { method: "POST", credentials: "omit", keepalive: true });
      if (!answer.ok) return;
      const { text } = await answer.json();
      place.textContent = text;
      place.hidden = false;
    } catch {
      // the number that came with the page stays
    }
  };
  // made ready ahead or opened in the background: counted when it comes to the front
  document.addEventListener("prerenderingchange", count);
  document.addEventListener("visibilitychange", count);
  // back by the browser's memory, without loading: another view
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    counted = false;
    count();
  });
  count();
})();
