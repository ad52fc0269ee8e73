/* Writing in the page: select words, one key, type, Ctrl+Enter.

   Loaded by the server that writes alone, never by a page that is built.  It sends the words that
   were selected and 64 characters on either side; the server finds their place.  All words that it
   shows come from there, translated; HTML comes from there only as the preview of a note. */
(() => {
  const doc = document;
  const script = doc.currentScript;
  const TOKEN = "annotate-token", OFF = "annotate-shortcut-off";
  let page;     // what the server calls the article that is shown
  const keptAs = () => `annotate-form:${page}`;
  const all = (selector, within = doc) => [...within.querySelectorAll(selector)];
  let state;    // what the server said last: entries, sources, kinds, words
  let picked;   // the selection that the button or the key would annotate
  let form;     // what is being written: { entry, selection, fields… }
  let returnTo; // where the focus goes when the form closes

  // --- Elements

  function h(tag, given = {}, ...children) {
    const element = doc.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name.startsWith("aria")) element.setAttribute(`aria-${name.slice(4).toLowerCase()}`, value);
      else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name in element && !["list", "role"].includes(name)) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter(child => child !== null && child !== undefined));
    return element;
  }
  const w = key => state.words[key] ?? key;
  const button = (words, onclick, className = "") => h("button", { type: "button", className, onclick }, words);
  const field = (label, control, help) => {
    const id = `ann-w-${Math.random().toString(36).slice(2)}`;
    control.id = id;
    return h("p", {}, h("label", { htmlFor: id }, label), control, help ?? null);
  };

  // --- The server

  function token() {
    const found = /^#annotate=([\w-]+)$/.exec(location.hash);
    if (found) {
      sessionStorage.setItem(TOKEN, found[1]);
      history.replaceState(history.state, "", location.pathname + location.search);
    }
    return sessionStorage.getItem(TOKEN);
  }

  async function ask(what) {
    let answer;
    try {
      answer = await fetch("/.annotate/write", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Annotate-Token": token() ?? "" },
        body: JSON.stringify({ page, hash: state?.hash, ...what }),
      });
    } catch {
      return { error: w("failed") };
    }
    const told = await answer.json();
    if (answer.status === 401) sessionStorage.removeItem(TOKEN);
    return { ...told, status: answer.status };
  }

  let changes = 0; // how many were made here: what was asked for before one of them is old

  async function change(what, done, focus) {
    const told = await ask(what);
    if (told.error) return told;
    const undo = told.undo;
    state = told;
    changes++;
    if (panel) panel.dirty = false;
    swap(told.article);
    say(done, undo && (() => change({ do: "undo" }, w("undone")).then(fail)));
    if (focus) focusOn(focus);
    return told;
  }
  const fail = told => { if (told.error) say(told.error); };

  // --- The article: what stands between the comments of the server

  let mark; // the first of them; a theme may put another article in its place

  function bounds() {
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_COMMENT);
    let first;
    while (walker.nextNode()) {
      const words = walker.currentNode.data;
      if (words.startsWith("ann-page ")) first = walker.currentNode;
      if (words === "/ann-page" && first) return [first, walker.currentNode];
    }
    return null;
  }

  const PARTS = /^([^]*)<!--ann-page [^ >]*-->([^]*)<!--\/ann-page-->/;
  let inner; // the article as it was fetched last
  let frame; // the head of the page, without the numbers of a build

  async function fetched() {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
    const [, before, article] = PARTS.exec(await answer.text()) ?? [];
    return { article, around: before?.split("<body")[0].replace(/\d+/g, "") };
  }

  // Puts the article as it is now in place of the one that is shown; the same one is left alone,
  // as somebody may be selecting words in it.
  function swap(article) {
    const place = bounds();
    if (!place) return location.reload();
    if (article !== inner) {
      inner = article;
      const range = doc.createRange();
      range.setStartAfter(place[0]);
      range.setEndBefore(place[1]);
      range.deleteContents();
      place[1].before(...doc.adoptNode(new DOMParser().parseFromString(article, "text/html").body).childNodes);
    }
    furnish();
    lay();
  }

  // The reader's script lays margins out when something is chosen.
  const lay = () => bounds()?.[1].parentNode.dispatchEvent(new Event("change", { bubbles: true }));

  async function show() {
    const [before, count] = [mark, changes];
    const { article, around } = await fetched();
    if (mark !== before || !mark?.isConnected) return; // another page is being put in
    if (count !== changes) return show();
    if (article === undefined || (frame !== undefined && around !== frame && !form && !panel)) return location.reload();
    swap(article);
  }

  // In place of the host's own reloading, which would take selections and focus away.
  async function follow(address) {
    let [, epoch, id] = /(\d+)\/(\d+)$/.exec(address);
    for (;;) {
      if (doc.hidden) await new Promise(resolve => doc.addEventListener("visibilitychange", resolve, { once: true }));
      try {
        const answer = await (await fetch(`/livereload/${epoch}/${id}`)).text();
        if (!/^\d+$/.test(answer) || answer === epoch) continue;
        epoch = answer;
        const count = changes;
        const told = form || panel?.dirty ? { error: 1 } : await ask({ do: "state" });
        if (!told.error && count === changes) state = told;
        await show();
      } catch {
        await new Promise(resolve => setTimeout(resolve, 3000));
      }
    }
  }

  const isOurs = node => node.parentElement.closest(".ann-ref,.ann-pop,.ann-w,.headerlink,.linenos,rt,rp,sup[id^=fnref],script,style");

  // The text before, in and after a selection, as the article has it: without our own words.
  function selected() {
    const selection = getSelection();
    const place = bounds();
    if (!place || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const holder = place[0].parentNode;
    if (!holder.contains(range.commonAncestorContainer)) return null;
    const text = { before: "", text: "", after: "" };
    const walker = doc.createTreeWalker(holder, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
    let inside, ours, node, block;
    while ((node = walker.nextNode())) {
      if (node.nodeType === Node.COMMENT_NODE) {
        if (node === place[0]) inside = true;
        if (node === place[1]) break;
        if (node.data === "ann") ours = true;
        if (node.data === "/ann") ours = false;
        continue;
      }
      if (!inside || ours || isOurs(node)) continue;
      const around = blockOf(node);
      const gap = block && around !== block ? "\n" : "";
      block = around;
      const { data, length } = node;
      if (range.comparePoint(node, 0) > 0) { // all of it stands behind the selection
        text.after += gap + data;
        if (text.after.length > 200) break;
        continue;
      }
      const from = node === range.startContainer ? range.startOffset : range.comparePoint(node, 0) < 0 ? length : 0;
      const to = node === range.endContainer ? range.endOffset : length;
      text[text.text ? "text" : "before"] += gap;
      text.before += data.slice(0, from);
      text.text += data.slice(from, to);
      text.after += data.slice(to);
    }
    if (!text.text.trim()) return null;
    return { text: text.text, before: text.before.slice(-64), after: text.after.slice(0, 64) };
  }

  const blocks = new WeakMap();
  function blockOf(node) {
    let element = node.parentElement;
    const first = element;
    if (blocks.has(first)) return blocks.get(first);
    while (element.parentElement && /^(inline|contents|ruby)/.test(getComputedStyle(element).display)) element = element.parentElement;
    blocks.set(first, element);
    return element;
  }

  // --- What is always there

  const root = h("div", { className: "ann-w" });
  const status = h("p", { className: "ann-w-say", role: "status" });
  const pick = h("button", { type: "button", className: "ann-w-pick", hidden: true });
  const bar = h("button", { type: "button", className: "ann-w-bar", ariaExpanded: "false", hidden: true });
  let panel;

  function say(words, undo) {
    status.replaceChildren(words ?? "", undo ? button(w("undo"), undo) : "");
    status.classList.toggle("ann-w-on", Boolean(words));
    clearTimeout(say.timer);
    // What can be undone stays there: nobody is to hurry.
    if (!undo) say.timer = setTimeout(() => status.classList.remove("ann-w-on"), 20000);
  }

  function place(rect) {
    pick.style.insetBlockStart = `${Math.min(rect.bottom + scrollY + 8, scrollY + innerHeight - 60)}px`;
    pick.style.left = `${Math.max(8, Math.min(rect.left + scrollX, innerWidth - 140))}px`;
  }

  // Late, so that a selection that is still being made, or is copied, is left in peace.
  function watch() {
    clearTimeout(watch.timer);
    watch.timer = setTimeout(() => {
      const now = form ? null : selected();
      if (now) picked = now;
      pick.hidden = !now;
      if (now) place(getSelection().getRangeAt(0).getBoundingClientRect());
    }, 250);
  }

  const isField = element => element?.closest?.("input,textarea,select,[contenteditable]");

  function onKey(event) {
    if (event.key === "Escape" && form) {
      event.stopPropagation();
      leave();
    } else if ((event.key === "a" || event.key === "A") && !event.ctrlKey && !event.metaKey && !event.altKey
      && !isField(event.target) && !form && !localStorage.getItem(OFF)) {
      const now = selected();
      if (!now) return;
      event.preventDefault();
      begin(now);
    }
  }

  // Each note gets what can be done with it; orphans stand in the panel.
  function furnish() {
    for (const entry of state.entries) {
      const note = entry.id && doc.getElementById(`ann-${entry.id}--note`);
      if (!note) continue;
      const key = `${entry.index} ${entry.said.draft}`;
      const old = note.querySelector(".ann-w-acts");
      if (old?.dataset.key === key) continue; // one of them may have the focus
      old?.remove();
      note.append(h("span", { className: "ann-w ann-w-acts", "data-key": key }, ...actions(entry)));
    }
    const wrong = state.problems.length;
    bar.textContent = `${w("annotations")} (${state.entries.length}${wrong ? `, ${w("problems")}: ${wrong}` : ""})`;
    if (panel && !panel.dirty) openPanel();
  }

  // A popover shows a copy of a note, which has no listeners: the document listens.
  function actions(entry) {
    const act = key => h("button", {
      type: "button", ariaLabel: `${w(key)}: ${entry.said.quote ?? ""}`, "data-act": key, "data-entry": entry.index,
    }, w(key));
    return [act("edit"), act(entry.said.draft === "true" ? "publish" : "make_draft"), act("delete")];
  }

  function onAct({ target }) {
    const act = target.closest?.("[data-act]");
    const entry = act && state.entries.find(one => one.index === Number(act.dataset.entry));
    if (!entry) return;
    const { index, id } = entry;
    const does = {
      edit: () => edit(entry),
      publish: () => change({ do: "change", index, fields: { draft: "" } }, w("saved"), id).then(fail),
      make_draft: () => change({ do: "change", index, fields: { draft: "true" } }, w("saved"), id).then(fail),
      delete: () => change({ do: "delete", index }, w("deleted")).then(fail),
    };
    does[act.dataset.act]();
  }

  function focusOn(id) {
    const link = doc.querySelector(`.ann-ref a[href$="#ann-${CSS.escape(id)}--note"]`);
    link?.focus({ preventScroll: true });
  }

  // --- The form

  async function begin(selection) {
    pick.hidden = true;
    const found = await ask({ do: "locate", selection });
    if (found.error) return say(found.error);
    // The field for the note takes the selection away; the words stay lit.
    const range = getSelection().rangeCount && getSelection().getRangeAt(0).cloneRange();
    if (range && window.Highlight) CSS.highlights.set("ann-w", new Highlight(range));
    open({ selection, words: found.words, said: {} });
  }

  function edit(entry) {
    open({ index: entry.index, id: entry.id, words: entry.said.quote ?? "", said: entry.said });
  }

  // Sources as rows: [{ source, locator, quote }]; null where the file has a form of its own.
  function rowsOf(sources) {
    const list = sources === undefined ? [] : Array.isArray(sources) ? sources : [sources];
    const rows = list.map(one => (typeof one === "string" ? { source: one } : one));
    return rows.every(one => one.source) ? rows : null;
  }

  // The list below a field in which a source is looked for: the first that fits is taken by Tab or
  // Enter, so that a part of a title never becomes a new source unasked.
  function proposed(field, taken) {
    const list = h("ul", { className: "ann-w-list", role: "listbox", id: `ann-w-list-${++proposed.count}`, ariaLabel: w("source"), hidden: true });
    let found = [], at = 0;
    field.setAttribute("aria-controls", list.id);
    const mark = () => all("li", list).forEach((item, number) => {
      item.setAttribute("aria-selected", String(number === at));
      if (number === at) {
        field.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      }
    });
    const show = on => {
      list.hidden = !on;
      field.setAttribute("aria-expanded", String(on));
      if (!on) field.removeAttribute("aria-activedescendant");
    };
    const take = number => {
      if (found[number]) field.value = found[number].title;
      show(false);
      taken();
    };
    field.addEventListener("input", () => {
      const words = field.value.trim().toLowerCase().split(/\s+/);
      found = state.sources.filter(({ title, key }) => words.every(word => `${title} ${key}`.toLowerCase().includes(word))).slice(0, 7);
      at = 0;
      list.replaceChildren(...[...found.map(one => one.title), `${w("new_source")}: ${field.value.trim()}`].map((words, number) => h("li", {
        role: "option", id: `${list.id}-${number}`, dir: "auto",
        onpointerdown: event => {
          event.preventDefault(); // the field keeps the focus
          take(number);
        },
      }, words)));
      show(found.length > 0 && field.value.trim() !== "");
      mark();
    });
    field.addEventListener("blur", () => { if (!list.hidden) take(at); });
    field.addEventListener("keydown", event => {
      if (list.hidden) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const count = found.length + 1;
      if (step) at = (at + step + count) % count;
      else if (event.key === "Escape") { at = found.length; take(at); }
      else if (event.key === "Enter" || event.key === "Tab") take(at);
      if (step) mark();
      if (step || event.key === "Escape" || (event.key === "Enter" && !event.ctrlKey && !event.metaKey)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    return list;
  }
  proposed.count = 0;

  function open(what, kept) {
    closePanel();
    returnTo = doc.activeElement;
    const said = { ...what.said, ...kept };
    const text = (key, given = {}) => h("input", { type: "text", value: said[key] ?? "", ...given });
    const kind = h("select", {}, h("option", { value: "" }, "–"), ...state.kinds.map((one, number) =>
      h("option", { value: one.id }, number < 9 ? `${number + 1} ${one.label}` : one.label)));
    kind.value = said.kind ?? "";
    const meaning = h("small");
    const note = h("textarea", { rows: 5, value: said.note ?? "" });
    const preview = h("div", { className: "ann-w-preview ann-text", dir: "auto" });
    const speaker = text("speaker", { list: "ann-w-speakers" });
    const voice = h("select", {}, ...[["", "–"], ["author", w("voice_author")], ["quoted", w("voice_quoted")]]
      .map(([value, words]) => h("option", { value }, words)));
    voice.value = said.voice ?? "";
    const technique = text("technique"), by = text("by", what.selection && !kept ? { value: state.by } : {});
    const tags = text("tags", { value: [said.tags ?? []].flat().join(", ") });
    const draft = h("input", { type: "checkbox", checked: said.draft === "true" });
    const rows = rowsOf(said.sources);
    const sources = h("div", { className: "ann-w-sources" });
    const error = h("p", { className: "ann-w-error", role: "alert" });
    const wrong = h("p", { className: "ann-w-wrong", role: "status" });
    const speaks = h("div", {}, field(w("speaker"), speaker), field(w("voice"), voice));

    function addRow(row = {}, focus) {
      const known = state.sources.find(one => one.key === row.source);
      const name = h("input", { type: "text", role: "combobox", autocomplete: "off", ariaAutocomplete: "list", ariaExpanded: "false", value: row.title ?? known?.title ?? row.source ?? "", className: "ann-w-name" });
      const list = proposed(name, () => {
        fit();
        keep(values());
      });
      const url = h("input", { type: "url", value: row.url ?? "", className: "ann-w-url" });
      const locator = h("input", { type: "text", value: row.locator ?? "", className: "ann-w-locator" });
      const quote = h("textarea", { rows: 2, value: row.quote ?? "", className: "ann-w-quote" });
      const address = field(w("address"), url);
      const more = h("div", {}, field(w("locator"), locator), field(w("source_words"), quote));
      const fit = () => {
        address.hidden = !name.value.trim() || !list.hidden || Boolean(keyOf(name.value));
        more.hidden = !name.value.trim() || !list.hidden;
      };
      name.addEventListener("input", fit);
      fit();
      sources.append(h("div", { className: "ann-w-row" },
        field(w("source"), name, h("small", {}, w("source_help"))), list, address, more));
      if (focus) name.focus();
    }
    const keyOf = words => state.sources.find(one => one.title === words.trim() || one.key === words.trim())?.key;
    const cited = () => all(".ann-w-row", sources).map(row => {
      const of = name => row.querySelector(`.ann-w-${name}`).value.trim();
      const key = keyOf(of("name"));
      const use = { locator: of("locator"), quote: of("quote") };
      return of("name") && (key ? { source: key, ...use } : { title: of("name"), url: of("url"), ...use });
    }).filter(Boolean).map(one => Object.fromEntries(Object.entries(one).filter(([, value]) => value)));

    const values = () => {
      const now = {
        kind: kind.value, note: note.value.trim(), speaker: speaker.value.trim(), voice: voice.value,
        technique: technique.value.trim(), by: by.value.trim(), draft: draft.checked ? "true" : "",
        tags: tags.value.split(",").map(one => one.trim()).filter(Boolean),
      };
      if (rows) now.sources = cited();
      return now;
    };
    // Only what was changed is sent: all else stays as it is typed in the file.
    const before = {};
    const changed = () => Object.fromEntries(Object.entries(values())
      .filter(([key, value]) => JSON.stringify(value) !== before[key]));

    const keep = now => sessionStorage.setItem(keptAs(), JSON.stringify({ what, kept: now }));
    const explain = () => {
      const chosen = state.kinds.find(one => one.id === kind.value);
      meaning.textContent = chosen?.definition ?? "";
      speaks.hidden = !chosen?.speaks && !said.speaker && !said.voice;
    };
    const render = () => {
      clearTimeout(render.timer);
      render.timer = setTimeout(async () => {
        const told = await ask({ do: "preview", note: note.value });
        preview.innerHTML = told.html ?? ""; // safe: the server makes it as it makes notes
        wrong.textContent = (told.problems ?? []).join("\n"); // apart from why it was not saved
      }, 300);
    };

    async function save(event) {
      event?.preventDefault();
      const fields = changed();
      const told = await change(what.selection
        ? { do: "add", selection: what.selection, fields: Object.fromEntries(Object.entries(fields).filter(([key, value]) => value.length || key === "by")) }
        : { do: "change", index: what.index, fields }, w("saved"));
      if (!told.error) {
        const added = what.selection ? state.entries.at(-1).id : what.id;
        close();
        return focusOn(added);
      }
      error.textContent = told.error;
      if (told.status === 409) await meet(what, error);
    }

    const element = h("form", {
      className: "ann-w ann-w-form", ariaLabel: what.selection ? w("new") : w("edit"), onsubmit: save,
      oninput: () => {
        keep(values());
        explain();
      },
      onkeydown: event => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event);
        const digit = /^Digit([1-9])$/.exec(event.code);
        if (digit && (event.altKey || event.target === kind) && state.kinds[digit[1] - 1]) {
          event.preventDefault();
          kind.value = state.kinds[digit[1] - 1].id;
          element.dispatchEvent(new Event("input"));
        }
      },
    },
    h("blockquote", { dir: "auto" }, what.words),
    field(w("kind"), kind, meaning), field(w("note"), note, h("small", {}, w("note_help"))), preview, wrong,
    rows ? sources : null, rows ? button(w("add_source"), () => addRow({}, true)) : null, speaks,
    h("details", {}, h("summary", {}, w("more")),
      field(w("technique"), technique), field(w("tags"), tags), field(w("by"), by),
      h("p", {}, h("label", {}, draft, " ", w("draft")))),
    error,
    h("p", { className: "ann-w-end" }, h("button", { className: "ann-w-save", title: "Ctrl+Enter" }, w("save")), button(w("cancel"), leave)),
    h("datalist", { id: "ann-w-speakers" }, ...state.speakers.map(value => h("option", { value }))));
    (rows?.length ? rows : [{}]).forEach(row => addRow(row));
    form = { element, changed: () => Object.keys(changed()).length > 0 };
    note.addEventListener("input", render);
    root.append(element);
    for (const [key, value] of Object.entries(values())) before[key] = JSON.stringify(value);
    if (kept) { // against what the file has, not against what was kept
      for (const key of Object.keys(before)) before[key] = "";
    }
    explain();
    if (!kept) keep();
    if (note.value) render();
    note.focus();
  }

  // Somebody else has changed the file: the form keeps its words, and shows the other's.
  async function meet(what, error) {
    const told = await ask({ do: "state" });
    if (told.error) return;
    state = told;
    if (what.selection) return;
    const now = state.entries.find(one => one.id === what.id);
    if (!now) { error.append("\n", w("gone")); return; }
    what.index = now.index;
    error.append(h("span", {}, "\n", w("theirs"), "\n", JSON.stringify(now.said, null, 1)));
  }

  function leave() {
    if (!form) return;
    if (!form.changed()) return close();
    if (form.element.querySelector("[role=alertdialog]")) return;
    const box = h("div", { className: "ann-w-ask", role: "alertdialog", ariaLabel: w("discard") },
      h("p", {}, w("discard")), button(w("discard_yes"), close),
      button(w("keep"), () => { box.remove(); form.element.querySelector("textarea").focus(); }));
    form.element.append(box);
    box.querySelector("button:last-child").focus();
  }

  function close() {
    sessionStorage.removeItem(keptAs());
    window.CSS?.highlights?.delete("ann-w");
    form?.element.remove();
    form = null;
    if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
  }

  // --- The panel: problems, orphans, the article

  function closePanel() {
    panel?.remove();
    panel = null;
    bar.setAttribute("aria-expanded", "false");
  }

  function openPanel() {
    const open = all("details[open]", panel ?? root).map(one => one.dataset.part);
    panel?.remove();
    const part = (name, words, ...inside) => h("details", { "data-part": name, open: open.includes(name) || name === "lost" }, h("summary", {}, words), ...inside);
    const orphans = state.entries.filter(one => one.why);
    const said = state.article;
    const type = h("select", {}, h("option", { value: "" }, "–"), ...state.types.map(one => h("option", { value: one.id }, one.label)));
    type.value = said.type ?? "";
    const backstory = h("textarea", { rows: 4, value: said.backstory ?? "" });
    const correction = h("textarea", { rows: 2 });
    const shortcut = h("input", {
      type: "checkbox", checked: !localStorage.getItem(OFF),
      onchange: () => (shortcut.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")),
    });
    panel = h("section", { className: "ann-w ann-w-panel", ariaLabel: w("annotations"), tabIndex: -1, oninput: () => { panel.dirty = true; } },
      h("p", { className: "ann-w-end" }, h("code", {}, state.file), button(w("close"), () => { closePanel(); bar.focus(); })),
      state.problems.length ? part("problems", `${w("problems")} (${state.problems.length})`, h("ul", {}, ...state.problems.map(one => h("li", {}, one)))) : null,
      orphans.length ? part("lost", `${w("lost")} (${orphans.length})`, h("p", {}, w("place_help")), h("ul", {}, ...orphans.map(orphan))) : null,
      part("article", w("article"), h("form", {
        onsubmit: event => {
          event.preventDefault();
          const fields = {};
          if (type.value !== (said.type ?? "")) fields.type = type.value;
          if (backstory.value.trim() !== (said.backstory ?? "").trim()) fields.backstory = backstory.value;
          change({ do: "article", fields, correction: correction.value }, w("saved")).then(fail);
        },
      }, field(w("type"), type), field(w("backstory"), backstory), field(w("correction"), correction), h("button", {}, w("save")))),
      h("p", {}, h("label", {}, shortcut, " ", w("shortcut"))));
    root.append(panel);
    bar.setAttribute("aria-expanded", "true");
  }

  function orphan(entry) {
    return h("li", {},
      h("q", { dir: "auto" }, entry.said.quote ?? ""), " ", h("small", {}, entry.why),
      ...(entry.repairs ?? []).map(one => h("p", {},
        `…${one.before}`, h("mark", {}, one.words), `${one.after}… `,
        button(w("use"), () => change({ do: "repair", index: entry.index, fields: one.values }, w("saved")).then(fail)))),
      h("p", {}, button(w("place_here"), () => {
        const selection = selected() ?? picked;
        if (!selection) return say(w("select_first"));
        change({ do: "place", index: entry.index, selection }, w("saved"), entry.id).then(fail);
      }), ...actions(entry)));
  }

  // --- Beginning

  async function enter() {
    mark = bounds()?.[0];
    root.hidden = !mark;
    if (!mark) return;
    page = decodeURIComponent(mark.data.slice(9));
    inner = frame = picked = undefined;
    const told = token() ? await ask({ do: "state", hash: undefined }) : { error: script.dataset.noToken };
    const ready = !told.error;
    pick.hidden = true;
    bar.hidden = !ready;
    if (!ready) return say(told.status === 401 ? script.dataset.noToken : told.error);
    state = told;
    for (const [name, value] of Object.entries(state.lang)) root.setAttribute(name, value);
    pick.textContent = w("annotate");
    furnish();
    const here = mark;
    fetched().then(now => {
      if (mark !== here || !mark.isConnected) return;
      inner ??= now.article; // a save may be first
      frame ??= now.around;
    });
    sizes.disconnect();
    sizes.observe(mark.parentElement);
    const waiting = JSON.parse(sessionStorage.getItem(keptAs()) ?? "null");
    if (waiting) open(waiting.what, waiting.kept);
    return true;
  }

  const sizes = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width !== lay.width) lay();
    lay.width = contentRect.width;
  });

  async function start() {
    state = { words: {}, entries: [], problems: [] };
    root.append(status, pick, bar);
    doc.body.append(root);
    if (!await enter()) return;
    pick.addEventListener("pointerdown", event => event.preventDefault()); // the selection stays
    pick.addEventListener("click", () => begin(selected() ?? picked));
    bar.addEventListener("click", () => {
      if (panel) return closePanel();
      openPanel();
      panel.focus();
    });
    doc.addEventListener("selectionchange", watch);
    doc.addEventListener("keydown", onKey);
    doc.addEventListener("click", onAct);
    const address = script.dataset.changes || window.annotateLive;
    if (address) follow(address);
    // Themes with instant navigation put the next page in place of this one, without a load.
    new MutationObserver(() => {
      if (mark?.isConnected && root.isConnected) return;
      clearTimeout(enter.timer);
      enter.timer = setTimeout(() => {
        form?.element.remove(); // its words are kept for its own page
        form = null;
        closePanel();
        doc.body.append(root);
        enter();
      }, 60);
    }).observe(doc.documentElement, { childList: true, subtree: true });
  }
  start();
})();
