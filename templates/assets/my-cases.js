// My cases: a list that is kept on this device, shared as a link and printed as one brief. The
// address of the page is the truth:
//   #c=<id>.<id>&t=<title>   a list     #add=<id>   one more for the own list
//   #<facet>=<term>…         all cases of a choice, as Find cases writes it
// The memory of the browser is a convenience: it may be blocked, and from a folder some browsers
// give each file its own. So only this page keeps the list, and other pages lead to `#add=`.
(function () {
  "use strict";
  const casebook = window.casebook, place = document.getElementById("my-cases");
  if (!casebook || !casebook.engine || !casebook.make || !place) return;
  const { make, fill, load, to } = casebook;

  const MOST = 50, LONGEST = 120;
  const page = JSON.parse(place.getAttribute("data-page")), words = page.words;
  const say = (name, values) => casebook.say(words[name], values);
  const KEY = "casebook:" + page.library + ":v1";

  // ---- what the browser keeps; every access may be forbidden ------------------------------------

  const onlyTexts = (value) => (Array.isArray(value) ? value.filter((one) => typeof one === "string" && one) : []);
  // A case that is gone may be there in another edition: it stays in the list, and takes no room.
  function list(ids, title) {
    const held = new Set();
    let gone = 0;
    const all = Array.from(new Set(ids)).filter((id) => {
      const now = known(id);
      if (now === null) return (gone += 1) <= MOST;
      if (held.has(now) || held.size >= MOST) return false;
      return held.add(now);
    });
    return { ids: all, title: String(title || "").slice(0, LONGEST) };
  }

  // The list that is kept; null where the browser keeps nothing. What is no list is an empty one.
  function kept() {
    let text = null;
    try {
      text = localStorage.getItem(KEY);
      localStorage.setItem(KEY + ":test", "1");
      localStorage.removeItem(KEY + ":test");
    } catch (error) {
      return null;
    }
    try {
      const value = JSON.parse(text) || {};
      return list(onlyTexts(value.ids), typeof value.title === "string" ? value.title : "");
    } catch (error) {
      return list([], "");
    }
  }

  function keep() {
    try {
      if (own.ids.length || own.title) localStorage.setItem(KEY, JSON.stringify(own));
      else localStorage.removeItem(KEY);
    } catch (error) {
      // Then the address alone has it.
    }
  }

  // ---- the address -----------------------------------------------------------------------------

  const { decode, encode } = casebook;

  function read(hash) {
    const found = new Map();
    hash.replace(/^#/, "").split("&").forEach((pair) => {
      const cut = pair.indexOf("=");
      if (cut > 0 && !found.has(pair.slice(0, cut))) found.set(pair.slice(0, cut), pair.slice(cut + 1));
    });
    return {
      add: found.has("add") ? decode(found.get("add")) : null,
      ids: found.has("c") ? Array.from(new Set(found.get("c").split(".").filter(Boolean).map(decode))) : null,
      title: decode(found.get("t") || "").slice(0, LONGEST),
    };
  }

  const write = (ids, title) => "#c=" + ids.map(encode).join(".") + (title ? "&t=" + encode(title) : "");

  // `own` in the state tells the own list from one that somebody shared, after Back and reload too.
  function address(hash, isOwn) {
    try {
      history.replaceState({ own: isOwn }, "", hash || location.href.replace(/#.*$/, ""));
    } catch (error) {
      // Safari allows a hundred changes in half a minute.
    }
  }

  // ---- the page --------------------------------------------------------------------------------

  let own = list([], ""), keeps = false;
  let shown = null; // {kind: own | shared | about, numbers, title, gone, of}
  let engine = null;

  const numberOf = new Map(), moved = new Map(Object.entries(page.moved));
  const known = (id) => (numberOf.has(id) ? id : moved.has(id) && numberOf.has(moved.get(id)) ? moved.get(id) : null);
  const row = (number) => engine.data.cases[number];

  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  const lede = document.querySelector(".lede");
  const status = make("p.list-told", { role: "status" });
  const banner = make("div.panel.list-banner", { tabindex: "-1", hidden: true });
  const field = make("input", { type: "text", id: "list-title", maxlength: LONGEST, autocomplete: "off", on: { input: rename } });
  const titled = make("p.list-title", {}, make("label", { for: "list-title" }, words.name), field);
  const count = make("h2", { tabindex: "-1" });
  const items = make("ol.list-cases", {});
  const tools = make("div.find-bar.list-tools", {});
  const source = make("p.quiet.list-source", {});
  const progress = make("p", { role: "status" });
  const brief = make("div.list-brief", {});
  const chooser = make("details.list-choose", {});

  // How many cases of the own list are here.
  const inOwn = () => resolve(own.ids).ids.length;

  function resolve(ids) {
    const found = Array.from(new Set(ids.map(known).filter((id) => id !== null)));
    return { ids: found, gone: ids.filter((id) => known(id) === null).length };
  }

  // What the address asks for: to add, a list, a choice, or nothing, which is the own list.
  function route() {
    const asked = read(location.hash), isOwn = history.state && history.state.own === true;
    const state = casebook.readState(location.hash, engine.facets);
    const choice = ["any", "not"].some((kind) => Object.keys(state[kind]).length);
    status.textContent = "";
    if (asked.add !== null) add(asked.add, asked);
    else if (asked.ids && (isOwn || same(asked))) showOwn();
    else if (asked.ids && !keeps && !own.ids.length) { own = list(resolve(asked.ids).ids, asked.title); showOwn(asked.ids); }
    else if (asked.ids) showShared(asked);
    else if (choice) showChoice(state);
    else showOwn();
  }

  const same = (asked) => asked.ids.join(" ") === own.ids.join(" ") && asked.title === own.title;

  function add(id) {
    const found = known(id);
    if (found === null) {
      showOwn();
      tell(say("gone", { num: 1 }));
      return;
    }
    const title = row(numberOf.get(found))[1], isThere = resolve(own.ids).ids.includes(found);
    const full = !isThere && inOwn() >= MOST;
    if (!isThere && !full) change(list(own.ids.concat(found), own.title));
    showOwn();
    tell(full ? say("full", { num: MOST }) : say(isThere ? "there" : "added", { title }));
  }

  function change(value) {
    own = value;
    keep();
  }

  const tell = (text) => { status.textContent = text; };

  function showOwn(asked) {
    const found = resolve(asked || own.ids);
    show({ kind: "own", numbers: found.ids.map((id) => numberOf.get(id)), title: own.title, gone: found.gone });
    address(found.ids.length ? write(found.ids, own.title) : "", true);
  }

  function showShared(asked) {
    const found = resolve(asked.ids);
    show({ kind: "shared", numbers: found.ids.map((id) => numberOf.get(id)).slice(0, MOST), title: asked.title, gone: found.gone, of: found.ids.length });
  }

  // All counted cases of a choice; what was chosen stands in the heading, on paper too.
  function showChoice(state) {
    const parts = [];
    let single = "", gone = 0, isEmpty = false;
    engine.facets.forEach((facet) => ["any", "not"].forEach((kind) => {
      const labels = (state[kind][facet.name] || []).map((id) => (facet.byId.has(id) ? facet.byId.get(id).label : id));
      if (!labels.length) return;
      // A term that is no more finds nothing; the engine would leave it out and find all.
      const lost = state[kind][facet.name].filter((id) => !facet.byId.has(id)).length;
      gone += lost;
      isEmpty = isEmpty || (kind === "any" && lost === labels.length);
      const said = labels.join(words.comma);
      single = parts.length || kind === "not" || labels.length > 1 ? "" : say("everything", { term: said });
      parts.push(kind === "not" ? say("without", { name: said }) : facet.label + words.colon + " " + said);
    }));
    const numbers = isEmpty ? [] : engine.members(engine.find(state, null).bits);
    show({ kind: "about", numbers: numbers.slice(0, MOST), title: single || parts.join("; "), gone, of: numbers.length });
  }

  function show(what) {
    shown = what;
    const isOwn = what.kind === "own", some = what.numbers.length > 0;
    heading.textContent = what.title || words.title;
    document.title = heading.textContent + " · " + page.library;
    lede.hidden = !isOwn || some;
    titled.hidden = !isOwn || !some;
    if (document.activeElement !== field) field.value = own.title;
    showBanner();
    fill(count, say("of", { num: what.numbers.length }));
    count.hidden = !some;
    showItems();
    showTools();
    fill(source, [say("from", { site: page.library }), page.edition && say("edition", { date: page.edition }), page.site].filter(Boolean).join(words.comma));
    source.hidden = !some;
    showChooser();
    showBrief();
  }

  function showBanner() {
    const { kind, numbers, of } = shown, parts = [];
    const button = (name, act, values) => make("button", { type: "button", on: { click: act } }, values ? say(name, values) : words[name]);
    if (kind !== "own") {
      parts.push(make("p", {}, say(kind === "shared" ? "shared" : "chosen", { num: numbers.length })), make("p.find-bar", {},
        button("add_all", addAll),
        kind === "shared" ? button("look", () => { banner.hidden = true; count.focus(); }) : null,
        inOwn() ? button("own", openOwn, { num: inOwn() }) : null));
    }
    if (of > numbers.length) parts.push(make("p", {}, say("cut", { num: numbers.length, all: of })));
    if (shown.gone) parts.push(make("p", {}, say("gone", { num: shown.gone })));
    fill(banner, ...parts);
    banner.hidden = !parts.length;
  }

  function addAll() {
    const ids = shown.numbers.map((number) => row(number)[0]), before = inOwn();
    const title = own.title || (before ? "" : shown.title), all = resolve(own.ids.concat(ids)).ids.length;
    change(list(own.ids.concat(ids), title));
    showOwn();
    tell(all > MOST ? say("full", { num: MOST }) : say("added_all", { num: inOwn() - before }));
    count.focus();
  }

  function openOwn() {
    try {
      history.pushState({ own: true }, "", write(own.ids, own.title));
    } catch (error) {
      // The address stays behind.
    }
    showOwn();
    count.focus();
  }

  function showItems() {
    const { kind, numbers } = shown;
    fill(items, ...numbers.map((number, at) => make("li", {}, make("a", Object.assign({ href: engine.caseAddress(number) }, engine.inLanguage(number)), row(number)[1]),
      row(number)[4] ? make("span.label.label-example", {}, row(number)[4]) : null,
      kind === "own" ? make("button", { type: "button", on: { click: () => remove(number, at) } },
        words.remove, make("span.hidden", {}, words.colon + " " + row(number)[1])) : null)));
    items.hidden = !numbers.length;
  }

  function remove(number, at) {
    change(list(own.ids.filter((id) => known(id) !== row(number)[0]), own.title));
    showOwn();
    tell(say("removed", { title: row(number)[1] }));
    const buttons = items.querySelectorAll("button");
    (buttons[Math.min(at, buttons.length - 1)] || find).focus();
  }

  function rename() {
    change(list(own.ids, field.value));
    shown.title = own.title;
    heading.textContent = own.title || words.title;
    clearTimeout(rename.waiting);
    rename.waiting = setTimeout(() => {
      // Meanwhile another list may be shown: its address stays.
      if (shown.kind === "own") address(write(own.ids, own.title), true);
    }, 300);
  }

  const find = make("a", {}, words.find);
  const printer = make("button", { type: "button", on: { click: () => window.print() } }, words.print);

  // The address that is shared: of a choice as it is, so that it finds new cases in a new edition.
  function shareable() {
    const ids = shown.numbers.map((number) => row(number)[0]);
    return shown.kind === "about" ? location.href : location.href.replace(/#.*$/, "") + write(ids, shown.title);
  }

  function showTools() {
    find.href = to(engine.data.folder + "/index.html");
    const isOwn = shown.kind === "own", some = shown.numbers.length > 0;
    const forget = isOwn && some && make("button", { type: "button", on: { click: ask } }, words.forget);
    function ask() {
      const yes = make("button", { type: "button", on: { click: forgetAll } }, words.yes);
      fill(tools, make("p", {}, words.sure), yes, make("button", { type: "button", on: { click: () => {
        showTools();
        tools.querySelector("button").focus();
      } } }, words.no));
      yes.focus();
    }
    fill(tools, some && printer, ...(some ? casebook.copyLink(words, shareable) : []), forget,
      isOwn && !some && make("p", {}, words.empty), find,
      isOwn && some && make("p.quiet", {}, keeps ? words.kept : words.blocked));
  }

  function forgetAll() {
    change(list([], ""));
    showOwn();
    tell(words.forgotten);
    find.focus();
  }

  // A brief of everything about one term, of the facet that cases are begun with.
  function showChooser() {
    const facet = engine.facets.find((one) => one.name === page.chosen_by);
    const terms = facet ? facet.terms.filter((term) => term.count) : [];
    chooser.hidden = !terms.length;
    chooser.open = !shown.numbers.length;
    if (chooser.hidden || chooser.firstChild) return;
    const sorted = terms.slice().sort((a, b) => a.label.localeCompare(b.label, document.documentElement.lang || undefined));
    const link = (term) => make("li", {}, make("a.chip", { href: casebook.writeState({ any: { [facet.name]: [term.id] }, not: {}, rest: [] }, engine.facets) }, term.label));
    fill(chooser, make("summary", {}, words.choose), make("p.quiet", {}, words.choose_note), make("ul.chips", {}, ...sorted.map(link)));
  }

  // ---- the brief -------------------------------------------------------------------------------

  const said = new Map(); // by id, the rows of a case
  const awaited = new Set();

  casebook.searchText = (value) => { said.set(value[0], value[1]); };
  casebook.summaries = function (summaries) {
    summaries.forEach((summary, number) => { row(number)[2] = summary; });
    engine.data.summaries = "";
    showBrief();
  };

  function showBrief() {
    fill(brief, shown.numbers.length && make("h2.hidden", {}, words.brief), ...shown.numbers.map(article));
    if (page.texts) loadTexts();
    else if (shown.numbers.length) {
      fill(progress, words.short);
      if (engine.data.summaries) load(engine.data.summaries, engine.data.made).catch(() => failed(shown.numbers.length));
    } else fill(progress);
  }

  // Each text fills its place when it comes; how many are there is told meanwhile.
  function loadTexts() {
    const wanted = shown, ids = wanted.numbers.map((number) => row(number)[0]);
    const left = ids.filter((id) => !said.has(id));
    let broken = 0, open = left.length;
    const told = () => {
      if (wanted !== shown) return;
      printer.disabled = open > 0;
      if (open) fill(progress, say("loading", { num: ids.length - open - broken, all: ids.length }));
      else if (broken) failed(broken);
      else fill(progress);
    };
    told();
    left.forEach((id) => load("assets/search/text/" + id + ".js").catch(() => { broken += 1; }).then(() => {
      open -= 1;
      if (wanted === shown && said.has(id)) {
        const at = ids.indexOf(id), old = brief.querySelectorAll("article")[at];
        if (old) old.replaceWith(article(wanted.numbers[at]));
      }
      told();
    }));
  }

  function failed(num) {
    fill(progress, say("failed", { num }) + " ", make("button", { type: "button", on: { click: () => {
      count.focus();
      showBrief();
    } } }, words.again));
  }

  const shownFacet = (name, number) => {
    const facet = engine.facets.find((one) => one.name === name), other = row(number)[5];
    if (!facet) return (other && other[name]) || "";
    return facet.terms.filter((term) => !term.below && engine.has(term.bits, number)).map((term) => term.label).join(words.comma);
  };

  const strength = (level) => page.strengths[level] || say("level", { num: level });

  function article(number) {
    const rows = said.get(row(number)[0]) || [], data = engine.data;
    const part = (name) => rows.filter((one) => one[2] && one[2].f === name);
    const summary = row(number)[2] || (part(page.summary)[0] || ["", ""])[1];
    const facts = data.above.concat(data.below).map((name) => {
      const facet = engine.facets.find((one) => one.name === name);
      return [facet ? facet.label : data.labels[name], [shownFacet(name, number)]];
    });
    if (Number.isInteger(row(number)[8])) facts.push([words.strength, [levels(rows) || strength(row(number)[8]), usual(rows)]]);
    page.fields.filter((one) => one[2] === "facts").forEach(([name, label]) => {
      facts.push([label, part(name).map((one) => [one[2].l || one[1], one[2].d].filter(Boolean).join(" · "))]);
    });
    const sections = page.fields.filter((one) => one[2] !== "facts").map(([name, label, kind]) => section(label, kind, part(name), number));
    return make("article.case-brief.case.leaf", {},
      make("h2", engine.inLanguage(number), make("a", { href: engine.caseAddress(number) }, row(number)[1])),
      row(number)[4] && make("p.marks", {}, make("span.label.label-example", {}, row(number)[4]), " ", words.example),
      make("dl.facts", { "aria-label": words.facts }, ...facts.filter((fact) => fact[1].some(Boolean)).map(([label, values]) =>
        make("div", {}, make("dt", {}, label), ...values.filter(Boolean).map((value) => make("dd", {}, value))))),
      summary && make("p.lede", engine.inLanguage(number), summary),
      make("div.main", {}, ...sections));
  }

  // How many claims have which strength, the strongest first.
  function levels(rows) {
    const counts = new Map();
    rows.forEach((one) => { if (one[2] && one[2].s !== undefined) counts.set(one[2].s, (counts.get(one[2].s) || 0) + 1); });
    return Array.from(counts.keys()).sort((a, b) => b - a).map((level) => counts.get(level) + " × " + strength(level)).join(words.comma);
  }

  // What most claims are has no word beside it, which is said once, where others have another.
  function usual(rows) {
    const levels = new Set(rows.map((one) => one[2] && one[2].s).filter(Number.isInteger));
    return levels.size > 1 && levels.has(page.usual) ? say("usual", { word: strength(page.usual) }) : "";
  }

  function section(label, kind, rows, number) {
    if (!rows.length) return null;
    const paragraphs = (text) => text.split("\n").filter(Boolean).map((one) => make("p", engine.inLanguage(number), one));
    const what = kind === "text" ? rows.map((one) => paragraphs(one[1])).flat()
      : [make(kind === "sources" ? "ol.sources" : "ul.claims", {}, ...rows.map((one) =>
        make("li", {}, ...(kind === "sources" ? paragraphs(one[1]) : claim(one, number)))))];
    return make("section.section", {}, make("h3", {}, label), ...what);
  }

  function claim([anchor, text, more], number) {
    const given = engine.inLanguage(number), lines = text.split("\n").filter(Boolean);
    const parts = [make("p", {},
      more.l ? make("strong", {}, more.l + (lines.length ? ". " : " ")) : null,
      lines.length ? make("span", given, lines.join(" ")) : null, " ",
      more.s !== undefined && more.s !== page.usual ? make("span.chip", {}, strength(more.s)) : null,
      more.c && make("span.quiet", {}, make("span.hidden", {}, " " + words.sources), " [" + more.c + "]"))];
    if (more.d) parts.push(make("p.quiet", {}, more.d));
    (more.t || []).forEach(([label, other]) => parts.push(make("p.quiet", {}, label + words.colon + " ", make("span", given, other))));
    if (more.f === page.obstacles) parts.push(answer(more, given));
    return parts;
  }

  function answer(more, given) {
    const tried = more.r || more.w, colon = words.colon + " ";
    return make("div.then", {},
      make(tried ? "p" : "p.quiet", {}, words.done + colon, more.r ? make("span", given, more.r + " ") : words.not_recorded + " ",
        tried && make("span.result", {}, words.worked + " " + (more.v || words.not_known))),
      more.a && make("p.quiet", {}, page.advised + colon, make("span", given, more.a)));
  }

  // ---- beginning -------------------------------------------------------------------------------

  casebook.page = function (made) {
    engine = made;
    engine.data.cases.forEach((one, number) => numberOf.set(one[0], number));
    const stored = kept();
    keeps = stored !== null;
    own = stored || own;
    if (words.language !== document.documentElement.lang) place.lang = words.language;
    fill(place, status, banner, titled, count, items, tools, source, chooser, progress, brief);
    route();
    window.addEventListener("hashchange", () => {
      route();
      heading.focus();
    });
    // Another tab has changed the list, or another page while this one waited behind it.
    function renew() {
      own = kept() || own;
      if (shown.kind === "own") showOwn(); else showBanner();
    }
    window.addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) renew(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) renew(); });
  };

  // The index of all cases comes after this script; a broken line is told and tried again.
  const index = document.querySelector('script[src*="data/cases"]');
  if (index) index.addEventListener("error", () => {
    fill(place, make("p", { role: "alert" }, words.failed_all + " ", make("button", { type: "button", on: { click: () => {
      load("assets/data/cases.js").catch(() => {});
    } } }, words.again)));
  });
})();
