// Random selections, and where they and marks are, counted by this file's own eyes: as offsets in
// the article's text, without what we add to it.
window.probe = (() => {
  const isAside = element => element.closest(".ann-ref,.ann-pop,.ann-w,.headerlink,.footnote-backref,.linenos,rt,rp,sup[id^=fnref],script,style");
  function read() {
    let text = "", inside = false, ours = false, block, node;
    const nodes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
    while ((node = walker.nextNode())) {
      if (node.nodeType === Node.COMMENT_NODE) {
        if (node.data.startsWith("ann-page ")) inside = true;
        if (node.data === "/ann-page") break;
        if (node.data === "ann") ours = true;
        if (node.data === "/ann") ours = false;
        continue;
      }
      if (!inside || ours || isAside(node.parentElement)) continue;
      if (!node.data.trim() && !/\S$/.test(text)) continue; // blanks between blocks may come and go
      let around = node.parentElement;
      while (/^(inline|contents|ruby)/.test(getComputedStyle(around).display)) around = around.parentElement;
      if (block && around !== block) text += "\n";
      block = around;
      nodes.push({ node, at: text.length, seen: node.parentElement.checkVisibility() });
      text += node.data;
    }
    return { text, nodes };
  }
  // Selects from one place of the article to another, and tells what was selected.
  function select(first, length) {
    const { text, nodes } = read();
    const seen = nodes.filter(one => one.seen && one.node.data.trim());
    const total = seen.reduce((sum, one) => sum + one.node.length, 0);
    const place = offset => {
      for (const one of seen) {
        if (offset < one.node.length) return [one, offset];
        offset -= one.node.length;
      }
      const last = seen.at(-1);
      return [last, last.node.length];
    };
    const start = Math.floor(first * total);
    const [from, a] = place(start);
    const [to, b] = place(Math.min(total, start + length));
    getSelection().setBaseAndExtent(from.node, a, to.node, b);
    let begin = from.at + a, end = to.at + b;
    while (begin < end && /\s/.test(text[begin])) begin++;
    while (end > begin && /\s/.test(text[end - 1])) end--;
    return [begin, end, text.slice(begin, end), text];
  }
  // Where the marks of an annotation are: from the first sign to the last one, and all that lies
  // in between without a mark.
  function marked(id) {
    const { text, nodes } = read();
    let begin = Infinity, end = -1, missing = "";
    const inside = ({ node }) => {
      for (let mark = node.parentElement?.closest(".ann-m"); mark; mark = mark.parentElement?.closest(".ann-m")) {
        if (mark.id === `ann-${id}` || mark.dataset.ann === id) return true;
      }
      return false;
    };
    for (const one of nodes.filter(inside)) {
      if (!one.node.data.trim()) continue;
      begin = Math.min(begin, one.at + one.node.data.length - one.node.data.trimStart().length);
      end = Math.max(end, one.at + one.node.data.trimEnd().length);
    }
    for (const one of nodes) {
      if (one.at >= begin && one.at + one.node.length <= end && !inside(one)) missing += one.node.data.trim();
    }
    return [begin, end, text.slice(begin, end), missing, text];
  }
  return { select, marked };
})();
