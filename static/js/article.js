// An article's page: contents that follow the reading, printing, copying, citing a place, reading aloud.
// Without script none of these buttons is shown, and the page is whole.
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
  const [prose] = all(".prose");
  if (!prose) return;

  const offer = (selector, act) => {
    for (const button of all(selector)) {
      button.hidden = false;
      button.addEventListener("click", () => act(button));
    }
  };

  // The contents mark the part whose heading has passed the upper third of the window.
  const links = all(".toc li a");
  const headings = links.map((link) => document.getElementById(link.hash.slice(1)));
  const [toc] = all(".toc");
  const follow = () => {
    const current = headings.findLastIndex((heading) => heading.getBoundingClientRect().top <= innerHeight / 3);
    links.forEach((link, index) => {
      if (index === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    if (current < 0 || toc.scrollHeight <= toc.clientHeight) return;
    const { offsetTop, offsetHeight } = links[current];
    if (offsetTop < toc.scrollTop || offsetTop + offsetHeight > toc.scrollTop + toc.clientHeight) {
      toc.scrollTop = offsetTop - toc.clientHeight / 3;
    }
  };
  if (links.length && headings.every(Boolean) && headings.findLastIndex) {
    const observer = new IntersectionObserver(follow, { rootMargin: "0px 0px -66%" });
    headings.forEach((heading) => observer.observe(heading));
  }

  offer("[data-print]", () => print());

  // The citation names the place that the address points to: a heading, a clause, a target's words.
  const [cite] = all("#cite");
  const place = () => {
    const found = location.hash && document.getElementById(location.hash.slice(1));
    return found && prose.contains(found) ? found : null;
  };
  const name = (element) => {
    const label = element.querySelector(":scope > .here[aria-label]");
    const words = (label ? label.getAttribute("aria-label") : element.textContent).replace(/\u2060/g, "").trim();
    return element.matches(".mark") ? `“${words}”` : words;
  };
  const point = () => {
    const found = place();
    const address = cite.querySelector("[data-address]");
    cite.querySelector("[data-clause]").textContent = found ? `${name(found)}，` : "";
    address.textContent = address.dataset.address + (found ? location.hash : "");
  };
  if (cite) {
    addEventListener("hashchange", point);
    point();
  }

  const [said] = all(".said");
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // not over plain http: the old way
    }
    const area = document.createElement("textarea");
    area.className = "vh";
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  offer("[data-copy]", async (button) => {
    const of = button.dataset.copy;
    const text = of.startsWith("#") ? document.querySelector(of).textContent : of + (place() ? location.hash : "");
    const done = await copied(text.replace(/\u2060/g, ""));
    button.focus();
    said.textContent = "";
    setTimeout(() => {
      said.textContent = done ? said.dataset.copied : said.dataset.failed;
    }, 50);
  });

  // Reading aloud, sentence by sentence, by a Chinese voice of the reader's own device; hidden where there is none.
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  const BLOCKS = "h1,h2,h3,h4,p,li,td,th,caption,figcaption,dt,dd,pre,blockquote";
  const SENTENCE = /[^。！？；!?;]+[。！？；!?;]*[”’」』）)]*/g;
  const READ = "aloud";
  let voice = null;
  let sentences = [];
  let at = 0;
  let speaking = null; // the utterance under way; a paused or stopped reading has none

  const range = (nodes, start, end) => {
    const found = document.createRange();
    let before = 0;
    for (const node of nodes) {
      const after = before + node.length;
      if (before <= start && start < after) found.setStart(node, start - before);
      if (before < end && end <= after) found.setEnd(node, end - before);
      before = after;
    }
    return found;
  };
  const parted = () => {
    const runs = [];
    for (const root of [...all(".art h1"), prose]) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.data.trim()) continue;
        const block = node.parentElement.closest(BLOCKS) || root;
        if (!runs.length || runs[runs.length - 1].block !== block) runs.push({ block, nodes: [] });
        runs[runs.length - 1].nodes.push(node);
      }
    }
    return runs.flatMap(({ block, nodes }) =>
      [...nodes.map((node) => node.data).join("").matchAll(SENTENCE)].map(({ 0: text, index }) => ({
        block, text, range: range(nodes, index, index + text.length),
      })),
    );
  };

  const mark = (sentence) => {
    if (window.Highlight && CSS.highlights) {
      if (sentence) CSS.highlights.set(READ, new Highlight(sentence.range));
      else CSS.highlights.delete(READ);
    } else {
      all(`.${READ}`).forEach((block) => block.classList.remove(READ));
      if (sentence) sentence.block.classList.add(READ);
    }
    if (!sentence) return;
    const { top, bottom } = sentence.range.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) scrollBy(0, top - innerHeight / 3);
  };
  const show = () => {
    for (const button of all("[data-aloud]")) {
      const { begin, pause, resume } = button.dataset;
      button.textContent = speaking ? pause : sentences.length ? resume : begin;
    }
    for (const button of all("[data-hush]")) button.hidden = !sentences.length;
  };
  const hush = () => {
    const was = speaking;
    speaking = null;
    if (was) speech.cancel();
  };
  const stop = () => {
    hush();
    sentences = [];
    mark(null);
    show();
  };
  const say = () => {
    if (at >= sentences.length) {
      stop();
      return;
    }
    const words = new SpeechSynthesisUtterance(sentences[at].text.replace(/\u2060/g, ""));
    words.voice = voice;
    words.lang = voice.lang;
    words.onend = words.onerror = ({ type }) => {
      if (speaking !== words) return;
      if (type === "error") {
        stop();
        return;
      }
      at += 1;
      say();
    };
    speaking = words;
    mark(sentences[at]);
    speech.speak(words);
    show();
  };
  const toggle = () => {
    if (speaking) {
      hush(); // pause() does nothing on phones: the sentence begins anew when it goes on
      show();
      return;
    }
    if (!sentences.length) {
      sentences = parted();
      at = 0;
    }
    say();
  };
  const choose = () => {
    const local = speech.getVoices().filter((one) => one.localService && /^(zh|cmn)/i.test(one.lang));
    const had = voice;
    voice = local.find((one) => /cn|hans/i.test(one.lang)) || local[0] || null;
    if (!voice || had) return;
    offer("[data-aloud]", toggle);
    for (const button of all("[data-hush]")) button.addEventListener("click", stop);
    show();
  };
  choose();
  speech.addEventListener?.("voiceschanged", choose);
  addEventListener("pagehide", stop);
})();
