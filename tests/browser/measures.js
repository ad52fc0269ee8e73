// What is measured on built pages: each function returns what JSON can say.
const measures = {
  // How far notes of the margin stand from their references, and how many there are, in px.
  margin() {
    const shows = e => e.checkVisibility({ checkVisibilityCSS: true });
    const notes = [...document.querySelectorAll(".ann-note")].filter(shows);
    const beside = notes.filter(note => getComputedStyle(note).position === "absolute");
    const drifts = beside.map(note => {
      const link = document.querySelector(`.ann-ref a[href$="#${CSS.escape(note.id)}"]`);
      return Math.abs(note.getBoundingClientRect().top - link.parentNode.getBoundingClientRect().top);
    }).sort((one, other) => one - other);
    const boxes = beside.map(note => note.getBoundingClientRect())
      .sort((one, other) => one.top - other.top);
    const inner = document.querySelector(".ann-in");
    const bottoms = [...inner.children].filter(e => shows(e) && !e.matches(".ann-notes"))
      .map(e => e.getBoundingClientRect().bottom);
    return {
      notes: notes.length,
      beside: beside.length,
      median: drifts[drifts.length >> 1] ?? 0,
      max: drifts.at(-1) ?? 0,
      overlaps: boxes.filter((box, i) => i && box.top < boxes[i - 1].bottom - 1).length,
      hole: inner.getBoundingClientRect().bottom - Math.max(...bottoms),
    };
  },

  // Where the first line of the article begins, in px from the top of the page.
  firstLine() {
    return document.querySelector(".ann-body > p").getBoundingClientRect().top + scrollY;
  },

  // The leadings of the article's paragraphs.
  leadings() {
    const paragraphs = [...document.querySelectorAll(".ann-body > p")];
    return [...new Set(paragraphs.map(p => getComputedStyle(p).lineHeight))];
  },

  // References that stand before closing punctuation, or begin a line.
  strays() {
    return [...document.querySelectorAll(".ann-ref")].filter(e => e.checkVisibility()).map(ref => {
      const range = document.createRange();
      range.setStartAfter(ref);
      range.setEndAfter(ref.closest(".ann-body")?.lastChild ?? ref);
      const next = range.toString().slice(0, 2);
      if (/^[.,;:!?…)\]’”»」。、"'](?![\p{L}\p{N}])/u.test(next)) return `${ref.textContent}before ${next}`;
      if (ref.matches(":is(pre, h1, h2, h3, pre + *, h2 + *) + .ann-ref")) return "";
      const before = document.createRange();
      const text = document.createTreeWalker(document.querySelector(".ann-body"), NodeFilter.SHOW_TEXT);
      let last;
      for (let node; (node = text.nextNode());) {
        if (ref.contains(node)) break;
        if (node.data.trim()) last = node;
      }
      if (!last) return "";
      const at = last.data.trimEnd().length;
      before.setStart(last, at - 1);
      before.setEnd(last, at);
      const [one, other] = [[...before.getClientRects()].at(-1), ref.getClientRects()[0]];
      return other.bottom > one.bottom + one.height / 2 ? `${ref.textContent}begins a line` : "";
    }).filter(Boolean);
  },

  // How much wider or narrower the words of each passage are than the same words without us, in px.
  widths() {
    const article = document.querySelector(".ann-body");
    const width = (root, text) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      let sum = 0;
      const nodes = [];
      for (let node; (node = walker.nextNode());) nodes.push(node);
      const whole = nodes.map(node => node.data).join("");
      const start = whole.indexOf(text);
      let offset = 0;
      for (const node of nodes) {
        const from = Math.max(start, offset) - offset;
        const to = Math.min(start + text.length, offset + node.length) - offset;
        if (from < to) {
          const range = document.createRange();
          range.setStart(node, from);
          range.setEnd(node, to);
          for (const rect of range.getClientRects()) sum += rect.width;
        }
        offset += node.length;
      }
      return sum;
    };
    const plain = article.cloneNode(true);
    plain.querySelectorAll(".ann-ref").forEach(e => e.remove());
    plain.querySelectorAll(".ann-m").forEach(e => e.replaceWith(...e.childNodes));
    plain.normalize();
    const texts = [...article.querySelectorAll("p .ann-m:not(:has(.ann-m, .ann-ref))")].map(e => e.textContent);
    const ours = texts.map(text => width(article, text));
    article.after(plain);
    const theirs = texts.map(text => width(plain, text));
    plain.remove();
    return texts.map((text, i) => [text, ours[i] - theirs[i]]);
  },

  // The least contrast of words of ours with what is behind them.
  contrasts() {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = color => {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      return [...context.getImageData(0, 0, 1, 1).data].map((part, i) => (i === 3 ? part / 255 : part));
    };
    const over = (front, back) => [0, 1, 2].map(i => front[i] * front[3] + back[i] * (1 - front[3]));
    const behind = element => {
      const layers = [];
      for (let e = element; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor));
      return layers.reverse().reduce((back, front) => over(front, back), [255, 255, 255]);
    };
    const luminance = color => {
      const [r, g, b] = color.map(part => part / 255)
        .map(part => (part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4));
      return .2126 * r + .7152 * g + .0722 * b;
    };
    const found = {};
    for (const name of [".ann-ref a", ".ann-note>b", ".ann-panel", ".ann-key", ".ann-sources small", "summary"]) {
      for (const element of document.querySelectorAll(`.ann ${name}`)) {
        if (!element.checkVisibility()) continue;
        const back = behind(element);
        const [one, other] = [back, over(rgba(getComputedStyle(element).color), back)].map(luminance);
        const ratio = (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
        found[name] = Math.min(found[name] ?? 21, ratio);
      }
    }
    return found;
  },
};
