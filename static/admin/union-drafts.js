// Keeps what is typed in the article form as the person's own draft, says when, and shows who else has the form open.
const _ = window.gettext;
const TICK = 2000, PAUSE = 10000, BEAT = 30000, PATIENCE = 20000; // milliseconds

const notice = document.querySelector(".union-editing");
const { address, signIn, writer } = notice.dataset;
const form = notice.closest("form");
const known = form.elements.kept;
const others = notice.querySelector(".union-others");
const said = document.createElement("p");
said.className = "union-kept";
said.setAttribute("role", "status");
[...form.querySelectorAll(".submit-row")].at(-1).prepend(said);

let kept = form.querySelector(".errornote") ? "" : snapshot(); // what the server has of it, saved or as a draft
let before = kept; // what was there a tick ago
let tried = 0, heard = Date.now(), busy = false, asking = false, saving = false, lost = false;

function typed() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function snapshot() {
  const data = typed();
  for (const name of ["csrfmiddlewaretoken", "kept", "window"]) data.delete(name);
  return JSON.stringify([...data]);
}

function message(doing, whole) {
  const data = whole ? typed() : new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.set("kept", known.value);
  data.set("writer", writer);
  data.set("doing", doing);
  return data;
}

function ask(options) {
  const manners = { redirect: "manual", signal: AbortSignal.timeout(PATIENCE), headers: { Accept: "application/json" } };
  return fetch(address, { ...manners, ...options }).catch(() => null);
}

// Signing in anew changes the token of every form that was open.
async function freshToken() {
  const answer = await ask({});
  if (!answer?.ok) return answer;
  const { token } = await answer.json();
  for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = token;
  return answer;
}

// "kept", "signed-out", "refused" (no right, other text is there, too large) or "unreachable".
async function send(doing) {
  busy = true;
  const now = doing === "keep" ? snapshot() : kept;
  let answer = await ask({ method: "POST", body: message(doing, doing === "keep") });
  if (answer?.status === 403) {
    answer = await freshToken();
    if (answer?.ok) answer = await ask({ method: "POST", body: message(doing, doing === "keep") });
  }
  busy = false;
  heard = Date.now();
  return judge(answer, now, doing);
}

async function judge(answer, now, doing) {
  const told = await answer?.json?.().catch(() => ({})) ?? {};
  if (answer?.ok) {
    kept = now;
    if (told.kept) known.value = told.kept;
    others.replaceChildren(...told.others.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    if (told.kept_at) say(interpolate(_("Your text was kept at %s. It is not saved yet."), [told.kept_at]));
    else if (lost) say("");
    lost = false;
    return "kept";
  }
  lost = true;
  if (answer?.status === 401 || answer?.type === "opaqueredirect") {
    const link = document.createElement("a");
    Object.assign(link, { href: signIn, target: "_blank", rel: "noopener", textContent: _("Sign in again in another tab, then go on here.") });
    say(_("You are signed out. Your text is still in this window."), link);
    return "signed-out";
  }
  if (answer?.status === 403) {
    say(_("You may not write in this article any more. Your text is still in this window."));
    return "forbidden";
  }
  if (answer && told.error) {
    say(told.error);
    return "refused";
  }
  say(_("The server cannot be reached. Your text is still in this window; it is tried again."));
  return "unreachable";
}

function say(text, link) {
  const shown = link ? `${text} ${link.textContent}` : text;
  if (said.textContent === shown) return; // said once is enough for those who hear the page
  said.classList.toggle("union-lost", lost);
  said.replaceChildren(...(link ? [`${text} `, link] : [text]));
}

function tick() {
  if (busy || saving) return;
  const now = snapshot();
  const rested = now === before;
  before = now;
  const since = Date.now() - tried;
  if (now !== kept && since >= PAUSE && (rested || since >= 2 * PAUSE)) {
    tried = Date.now();
    send("keep");
  } else if (Date.now() - heard >= (lost ? PAUSE : BEAT)) {
    send("alive");
  }
}

setInterval(tick, TICK);

document.addEventListener("visibilitychange", () => {
  if (busy || saving) return;
  if (document.visibilityState === "visible") {
    if (lost) send(snapshot() === kept ? "alive" : "keep");
  } else if (snapshot() !== kept) {
    send("keep");
  }
});

window.addEventListener("pagehide", () => {
  if (!saving) navigator.sendBeacon(address, message("leave", snapshot() !== kept));
});

window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  saving = false;
  send("alive");
});

// Nothing is sent to be saved into a closed door: the server is asked first, and keeps the text, whatever comes of it.
document.addEventListener("submit", async (event) => {
  if (event.target !== form || saving) return;
  event.preventDefault();
  event.stopPropagation();
  if (asking) return; // pressed twice
  asking = true;
  const { submitter } = event;
  const outcome = await send(snapshot() === kept ? "alive" : "keep");
  asking = false;
  if (outcome === "kept" || outcome === "refused") {
    saving = true;
    form.requestSubmit(submitter);
  } else {
    said.scrollIntoView({ block: "nearest" });
  }
}, true);
