// Find cases: the page on which assets/engine.js is asked, and which shows what it finds. What only
// some readers need is loaded when they do: the search, the table, the file.
// A browser too old for these scripts keeps the page as it was built.
(function () {
  "use strict";
  const casebook = window.casebook;
  if (!casebook || !casebook.engine || !casebook.make) return;
  const { make, fill, load, need, to } = casebook;

  const MOST_PRINTED = 50;
  const PAGE = 30, FIRST_CARDS = 6, FIRST_FACETS = 6, MOST_TERMS = 5, REST = 300, MANY = 1000;
  const OPEN_LISTS = 3; // so many lists stand open when the filters are opened on a phone
  const loadSearch = () => need("fold", "quick-search");

  // Somebody comes with words: what searches is loaded beside the data.
  if (/[#&]q=/.test(location.hash)) loadSearch().catch(() => {});

  function view(engine) {
    const { data, facets, members, caseAddress, termAddress, inLanguage } = engine, words = data.words;
    const say = (name, values) => casebook.say(words[name], values);
    const facetNamed = new Map(facets.map((facet) => [facet.name, facet]));
    const named = (facet, id) => (facet.byId.has(id) ? facet.byId.get(id).label : say("gone", { name: id }));

    let state = casebook.readState(location.hash, facets);
    let result = null, text = null, beyond = null, limit = PAGE, order = [];
    let retry = null; // what a reader may try again, since its files did not come

    // -- what a case says --

    const termsOf = (facet, number) => facet.terms.filter((term) => engine.has(term.bits, number));
    const fine = (term) => !term.below;

    function shown(name, number) {
      const row = data.cases[number], facet = facetNamed.get(name);
      if (facet) return termsOf(facet, number).filter(fine).map((term) => term.label).join(", ");
      return (row[5] && row[5][name]) || "";
    }

    const line = (names, number) => names.map((name) => shown(name, number)).filter(Boolean);

    // -- parts of the page that stay --

    const status = make("p.hidden", { role: "status" }), sheetStatus = make("p.hidden", { role: "status" });
    const field = make("input", {
      type: "search", id: "find-q", placeholder: words.hint, autocomplete: "off", spellcheck: "false",
      on: { input: () => typed(), keydown: (event) => { if (event.key === "ArrowDown") step(event, 1); } },
    });
    const chips = make("ul.chips", {});
    const count = make("h2", { id: "find-count" });
    const sorts = make("select", { id: "find-sort", on: { change: () => change({ sort: sorts.value }) } });
    const asList = make("button", { type: "button", on: { click: () => change({ view: "" }) } }, words.list);
    const asTable = make("button", { type: "button", on: { click: () => change({ view: "table" }) } }, words.table);
    const help = make("div.find-help", {});
    const terms = make("div.find-terms", {});
    const list = make("div", { "aria-busy": "false", on: { keydown: (event) => {
      if (event.key === "ArrowDown") step(event, 1);
      if (event.key === "ArrowUp") step(event, -1);
    } } });
    const brief = make("a", {}, words.print);
    const examples = make("section.section", { id: "examples", hidden: true });
    const open = make("button.find-open", { type: "button", "aria-haspopup": "dialog", on: { click: () => {
      firstLists.splice(0).forEach((facet) => { facet.fold.open = true; });
      sheet.showModal();
    } } });
    const firstLists = facets.slice(0, OPEN_LISTS); // stand open when the sheet is opened first
    const panel = make("div.find-panel", {});
    const sheetHelp = make("div.sheet-help", {});
    const leaveSheet = make("button", { type: "button", on: { click: () => sheet.close() } }, words.close);
    const close = make("button.find-close", { type: "button", on: { click: () => sheet.close() } });
    const sheet = make("dialog.sheet", { "aria-label": words.filters },
      make("p.find-bar", {}, make("strong", {}, words.filters), leaveSheet),
      make("div.sheet-body", {}), sheetHelp, close, sheetStatus);
    const side = make("aside", { "aria-label": words.filters });
    const main = make("div.find-main", {}, terms,
      make("div.find-bar", {}, count,
        make("span.find-sort", {}, make("label", { for: "find-sort" }, words.sort), sorts),
        make("span.find-views", {}, asList, asTable)),
      help, list, examples,
      make("p.find-bar.find-foot", {},
        ...casebook.copyLink(words, () => {
          remember(false);
          return location.href;
        }),
        make("button", { type: "button", on: { click: download } }, words.download), brief));
    const whole = make("div.find", {},
      make("div.find-search", { role: "search", "aria-label": words.search }, make("label", { for: "find-q" }, words.search), field, open),
      chips, status, make("div.find-body", {}, side, main), sheet);
    if (words.language !== document.documentElement.lang) whole.lang = words.language;

    // -- filters --

    const chosenOf = (facet, kind) => state[kind][facet.name] || [];

    // A list of terms, which is made when it is first opened.
    function filter(facet) {
      const body = make("div", {});
      facet.chosen = make("span.count", {});
      facet.fold = make("details.filter", { on: { toggle: () => { if (facet.fold.open) build(facet, body); } } },
        make("summary", {}, facet.label + " ", facet.chosen), body);
      if (state.any[facet.name] || state.not[facet.name]) facet.fold.open = true;
      return facet.fold;
    }

    function build(facet, body) {
      if (facet.show) return;
      need("fold", "find-filters").then(() => {
        if (facet.show) return;
        const id = "find-in-" + facets.indexOf(facet);
        facet.show = casebook.findFilter({ facet, body, words, id, toggle, ids: (kind) => chosenOf(facet, kind) });
        show(facet);
      }, () => failed(() => build(facet, body)));
    }

    function show(facet) {
      const number_ = chosenOf(facet, "any").length + chosenOf(facet, "not").length;
      facet.chosen.textContent = number_ ? say("chosen", { num: number_ }) : "";
      if (facet.show && result) facet.show(result.counts(facet));
    }

    // -- changes of the state --

    function toggle(kind, facet, id) {
      const ids = state[kind][facet.name] || [], other = kind === "any" ? "not" : "any";
      state[kind][facet.name] = ids.includes(id) ? ids.filter((one) => one !== id) : ids.concat(id);
      state[other][facet.name] = (state[other][facet.name] || []).filter((one) => one !== id);
      change({});
    }

    function change(values) {
      Object.assign(state, values);
      limit = PAGE;
      if ("q" in values) ask(); else update();
      remember(true);
    }

    let typing = 0;

    function typed() {
      needWords();
      state.q = field.value;
      limit = PAGE;
      ask();
      clearTimeout(typing);
      typing = setTimeout(() => remember(false), 300);
    }

    // A tick can be taken back by the browser's Back; letters are no steps of their own.
    function remember(step) {
      const hash = casebook.writeState(state, facets);
      if (hash === (location.hash || "#")) return;
      try {
        history[step ? "pushState" : "replaceState"](null, "", hash);
      } catch (error) {
        // Safari allows a hundred changes in half a minute: then the address stays behind.
      }
    }

    function recall() {
      if (casebook.writeState(state, facets) === (location.hash || "#")) return;
      state = casebook.readState(location.hash, facets);
      field.value = state.q;
      limit = PAGE;
      if (state.q) needWords();
      ask();
    }

    // What searches is loaded soon after the page; what only a search needs, with the first one: the
    // other words of terms, and the search over all that cases say, where there is one.
    let quick = null, wanted = false, latest = "", hasTexts = Boolean(data.search);

    const needSummaries = () => data.summaries && load(data.summaries, data.made);

    function needWords() {
      if (wanted) return;
      wanted = true;
      load(data.also, data.made).catch(() => { wanted = false; });
      needSummaries();
      if (data.search) need("fold", "search").then(() => again(hasTexts = true), () => again(wanted = hasTexts = false));
    }

    // What does not fit the data is of another edition, which some cache has kept: it is left.
    casebook.words = function (lists) {
      if (!lists.every((list, at) => facets[at] && facets[at].terms.length === list.length)) return;
      // They are read in the order of the facets and their terms.
      lists.forEach((list, at) => list.forEach((also, number) => { facets[at].terms[number].also = also; }));
      if (quick) quick.renew("terms", again);
    };

    casebook.summaries = function (summaries) {
      data.summaries = "";
      if (summaries.length === data.cases.length) summaries.forEach((summary, number) => { data.cases[number][2] = summary; });
      if (quick) quick.renew("cases", again);
      showSummaries();
    };

    // Calls `done` once texts can be searched: at once, or after a moment.
    function prepared(done) {
      if (quick) return quick.prepare(done);
      return loadSearch().then(() => {
        quick = quick || casebook.quickSearch(engine);
        quick.prepare(done);
      }, () => failed(ask));
    }

    function failed(act) {
      retry = act;
      list.setAttribute("aria-busy", "false");
      update();
    }

    // Looks for the text, and shows what is found: in what this page knows, which may take a moment
    // to prepare, and then in all that cases say where there is an index.
    function ask() {
      const query = state.q;
      retry = null;
      list.setAttribute("aria-busy", String(Boolean(query)));
      if (query) return prepared(() => { if (query === state.q) answer(query); });
      text = null;
      return update();
    }

    // Something that is searched has come while a text is looked for: what was found stays. Where
    // all that cases say is being searched, that answer has it, too, and nothing is shown between.
    function again() {
      if (state.q && quick && !(latest === state.q && !isWhole())) answer(state.q);
    }

    function answer(query) {
      text = quick.search(query);
      if (beyond && beyond.query !== query) beyond = null;
      join();
      // That nothing is found is said once the texts have answered, too; other spellings at once.
      const waits = Boolean(text && nothing() && !isWhole() && !text.offers.length);
      list.setAttribute("aria-busy", String(waits));
      if (!waits) update();
      if (!text || !casebook.search || latest === query) return;
      latest = query;
      casebook.search(query, (found) => {
        if (found.failed) latest = "";
        if (query !== state.q || !text) return;
        const said = new Map(found.cases.map(([number, score, sentence_]) => [number, { score, said: sentence_ }]));
        if (!beyond) text = quick.search(query); // other words, or summaries, may have come since
        beyond = { query, said, suggestions: found.suggestions || [] };
        join();
        list.setAttribute("aria-busy", "false");
        update();
      });
    }

    const nothing = () => !text.bits.some(Boolean);
    const isWhole = () => !hasTexts || Boolean(beyond);

    // Joins what the texts say to what this page found.
    function join() {
      if (!beyond || !text) return;
      text.bits = text.bits.slice();
      beyond.said.forEach((_, number) => engine.add(text.bits, number));
      beyond.suggestions.forEach((word) => {
        if (!text.offers.some((offer) => offer[1] === word)) text.offers.push(["", word]);
      });
    }

    // -- showing --

    // What cases are sorted by: the greatest first, and in the order of titles where it is equal.
    const KEYS = {
      // The search over texts weighs all that a case says; what only this page found stands after.
      fit: (number) => (beyond && beyond.said.has(number) ? 1000 + beyond.said.get(number).score : text.scores[number]),
      updated: (number) => data.cases[number][7] || "",
      strength: (number) => (Number.isInteger(data.cases[number][8]) ? data.cases[number][8] : -1),
      start: (number) => data.cases[number][6] || "",
    };
    const FALLING = ["updated", "strength", "start"];

    // Numbers of cases stand in the order of titles; those of one key stay so.
    function ordered(numbers) {
      const key = KEYS[FALLING.includes(state.sort) ? state.sort : state.sort !== "title" && text && "fit"];
      if (!key) return numbers;
      const alike = new Map();
      numbers.forEach((number) => {
        const own = key(number);
        if (alike.has(own)) alike.get(own).push(number); else alike.set(own, [number]);
      });
      const keys = Array.from(alike.keys()).sort((one, other) => (one < other ? 1 : -1));
      return [].concat(...keys.map((own) => alike.get(own)));
    }

    // A text with the words that match marked.
    const marked = (text_) => (text ? casebook.marked(text_, text.words) : [text_]);

    // The page of a case learns which results it is one of when somebody goes there: a link that is
    // copied stays short.
    const NEAR = 20;

    function leave(event) {
      const link = event.currentTarget, at = order.indexOf(Number(link.dataset.number));
      if (at < 0) return;
      const first = Math.max(0, at - NEAR), ids = order.slice(first, at + NEAR + 1).map((number_) => casebook.encode(data.cases[number_][0]));
      const from = encodeURIComponent(casebook.writeState(state, facets).slice(1));
      link.href = caseAddress(order[at]) + "#from=" + from + "&at=" + (at + 1) + "." + order.length + "&in=" + ids.join(".") + "&no=" + (first + 1);
    }

    function titled(number) {
      const given = { href: caseAddress(number), "data-number": String(number), on: { click: leave } };
      return make("a", Object.assign(given, inLanguage(number)), ...marked(data.cases[number][1]));
    }

    const summary = (number) => make("p.brief", inLanguage(number), ...marked(data.cases[number][2]));

    // The summaries have come: each stands where room was kept for it.
    function showSummaries() {
      whole.querySelectorAll(".brief.waiting").forEach((place_) => {
        const number = Number(place_.dataset.number);
        if (data.cases[number][2]) place_.replaceWith(summary(number)); else place_.remove();
      });
    }

    function item(number) {
      const row = data.cases[number], said = beyond && beyond.said.has(number) && beyond.said.get(number).said;
      const above = line(data.above, number), below = line(data.below, number);
      const card = make("li.card", {});
      if (row[4]) card.append(make("p.marks", {}, make("span.label.label-example", {}, row[4])));
      if (Number.isInteger(row[8])) above.push(strength(row[8]));
      if (!row[4] && above.length) card.append(make("p.kicker", {}, above.join(" · ")));
      card.append(make("h3", {}, titled(number)));
      // Room for a summary that is on its way: nothing is pushed down when it comes.
      if (data.summaries && row[2] === "") {
        needSummaries();
        card.append(make("p.brief.waiting", { "data-number": String(number) }));
      }
      if (row[2]) card.append(summary(number));
      if (said && said[1]) {
        card.append(make("p.said", {}, make("a", { href: caseAddress(number, said[0].replace(/^#/, "")) }, words.said), words.colon + " ", ...sentence(said[1])));
      }
      const why = text ? text.terms.filter((term) => engine.has(term.bits, number)).slice(0, 3)
        .map((term) => make("li", {}, make("mark", {}, term.label))) : [];
      const marks = why.concat(below.map((words_) => make("li.more", {}, words_)));
      (row[9] || []).forEach(([language, title, path]) => {
        marks.push(make("li", {}, make("a", { href: to(path), lang: language, hreflang: language }, title)));
      });
      marks.push(make("li", {}, make("a", { href: to("my-cases.html") + "#add=" + casebook.encode(row[0]) }, words.add,
        make("span.hidden", {}, words.colon + " " + row[1]))));
      card.append(make("ul.marks", {}, ...marks));
      return card;
    }

    const strength = (number_) => data.strengths[number_] || words.strength + words.colon + " " + say("of_four", { num: number_ });

    // A sentence of the index over texts: plain and marked pieces in turn, or one text.
    const sentence = (said) => (Array.isArray(said)
      ? said.map((piece, at) => (at % 2 ? make("mark", {}, piece) : piece)) : marked(String(said)));

    // A heading of the table sorts by it, and keeps the focus.
    function sort(name) {
      change({ sort: name });
      const button = list.querySelector('[data-sort="' + name + '"]');
      if (button) button.focus();
    }

    const label = (name) => (facetNamed.has(name) ? facetNamed.get(name).label : data.labels[name]);
    const table = (numbers) => casebook.findTable({
      data, words, numbers, titled, shown, label, sort, falling: FALLING, now: state.sort || (text ? "fit" : "title"),
    });

    function update() {
      result = engine.find(state, text && text.bits);
      order = ordered(members(result.bits));
      facets.forEach(show);
      fill(count, say("count", { num: result.count }));
      showChips();
      showHelp();
      showSorts();
      showList();
      showBrief();
      const shownExamples = members(result.bits, false);
      examples.hidden = !shownExamples.length;
      fill(examples, make("h2", {}, words.examples), make("p.quiet", {}, words.examples_note),
        make("ul.cards.rows", {}, ...shownExamples.slice(0, PAGE).map(item)));
      open.textContent = number() ? say("filters_on", { num: number() }) : words.filters;
      close.textContent = say("show", { num: result.count });
      close.hidden = !result.count;
      announce(say("count", { num: result.count }));
      if (!whole.parentNode) enter();
    }

    const number = () => ["any", "not"].reduce((sum, kind) => sum + Object.values(state[kind]).reduce((some, ids) => some + ids.length, 0), 0);

    let coming = 0;

    function showList(focus) {
      const numbers = order.slice(0, limit), left = order.length - numbers.length;
      const more = left > 0 && make("button", { type: "button", on: { click: () => {
        limit += PAGE;
        showList(numbers.length);
      } } }, say("more", { num: Math.min(left, PAGE) }));
      const at = links().indexOf(document.activeElement); // what comes later takes no focus away
      // The first cards fill the window; the others come a moment later, unless one has the focus.
      const now = focus || at >= 0 ? numbers : numbers.slice(0, FIRST_CARDS), rest = numbers.slice(now.length);
      const tabled = state.view === "table" && casebook.findTable;
      if (state.view === "table" && !tabled) need("find-table").then(() => showList(focus), () => {});
      const cards = !tabled && make("ul.cards.rows", {}, ...now.map(item));
      clearTimeout(coming);
      if (cards && rest.length) coming = setTimeout(() => cards.append(...rest.map(item)), 0);
      fill(list, cards || (numbers.length > 0 && table(numbers)), more);
      const again = links()[focus || at];
      if (again) again.focus();
    }

    // A choice of terms is an address by itself; what a text finds is a list, named after the text.
    function showBrief() {
      const chosen = number() > 0 && !state.q;
      const hash = chosen ? casebook.writeState({ any: state.any, not: state.not, rest: [] }, facets)
        : "#c=" + order.slice(0, MOST_PRINTED).map((one) => casebook.encode(data.cases[one][0])).join(".") +
          (state.q ? "&t=" + encodeURIComponent(say("quoted", { words: state.q })) : "");
      brief.href = to("my-cases.html") + hash;
      brief.hidden = !order.length;
    }

    function showChips() {
      const chip = (name, remove) => make("li", {}, make("button", { type: "button", "aria-label": say("remove", { name }), on: { click: remove } },
        name, make("span", { "aria-hidden": "true" }, " ×")));
      const all = [];
      facets.forEach((facet) => ["any", "not"].forEach((kind) => (state[kind][facet.name] || []).forEach((id) => {
        const label = facet.label + words.colon + " " + (kind === "not" ? words.not + " " : "") + named(facet, id);
        all.push(chip(label, () => { toggle(kind, facet, id); focusAfterChip(); }));
      })));
      if (all.length) all.push(make("li", {}, make("button", { type: "button", on: { click: () => { change({ any: {}, not: {} }); focusAfterChip(); } } }, words.clear)));
      fill(chips, ...all);
      chips.hidden = !all.length;
    }

    const focusAfterChip = () => (chips.querySelector("button") || field).focus();

    // Which filter to drop where no case fits: how many do without each, the most first. It is said
    // in the sheet, too, so that nobody has to close it to learn so.
    function drops(next) {
      if (result.count || result.filters.length < 2) return [];
      const filters = result.filters.slice().sort((a, b) => b.count - a.count);
      return [make("p", {}, words.none), make("ul.chips", {}, ...filters.map((filter) => {
        const ids = filter.facet ? state[filter.kind][filter.facet.name] : [];
        const names = ids.map((id) => (filter.kind === "not" ? words.not + " " : "") + named(filter.facet, id));
        const name = filter.facet ? names.reduce((one, two) => say("or", { one, two })) : say("quoted", { words: state.q });
        return make("li", {}, make("button", { type: "button", on: { click: () => {
          if (filter.facet) state[filter.kind][filter.facet.name] = [];
          else field.value = "";
          change({ q: field.value });
          next().focus();
        } } }, say("drop", { name, num: filter.count })));
      }))];
    }

    // What a text or an empty list calls for: other spellings, terms, and which filter to drop.
    function showHelp() {
      const parts = [];
      if (retry) parts.push(make("p", { role: "alert" }, make("button", { type: "button", on: { click: retry } }, words.failed)));
      if (text && nothing() && isWhole()) parts.push(make("p", {}, say("nothing", { words: state.q })));
      if (text && text.offers.length) parts.push(make("div.chips", {}, ...text.offers.slice(0, 3).map(([word, other]) =>
        make("button", { type: "button", on: { click: () => {
          field.value = word ? casebook.tokens(state.q).map((one) => (one === word ? other : one)).join(" ") : other;
          typed();
          field.focus();
        } } }, say("offer", { word: other })))));
      fill(help, ...parts, ...drops(() => field));
      fill(sheetHelp, ...drops(() => (result.count ? close : leaveSheet)));
      const chosen = (term) => (state.any[term.facet.name] || []).includes(term.id);
      // What was offered for these words stays: nothing moves under a finger when more is known.
      if (!text || offers.query !== state.q || !offers.terms.length) offers = { query: state.q, terms: text ? text.terms : [] };
      const offered = offers.terms.filter((term) => !chosen(term)).slice(0, MOST_TERMS);
      fill(terms, offered.length > 0 && make("h2", {}, words.terms), offered.length > 0 && make("ul.offers", {}, ...offered.map((term) => make("li", {},
        make("button", { type: "button", on: { click: () => take(term) } }, ...marked(term.label), " ",
          make("span.count", {}, term.facet.label + " · " + term.count)),
        make("a", { href: termAddress(term) }, make("span", { "aria-hidden": "true" }, "?"), make("span.hidden", {}, words.page + words.colon + " " + term.label))))));
    }

    let offers = { query: "", terms: [] };

    // A term becomes a filter, in place of the words that name it.
    function take(term) {
      const names = (part) => casebook.tokens(part).some((word) => text.named.includes(word));
      field.value = state.q.split(/\s+/).filter((part) => !names(part)).join(" ");
      state.any[term.facet.name] = (state.any[term.facet.name] || []).concat(term.id);
      change({ q: field.value });
      field.focus();
    }

    function showSorts() {
      const names = [text && "fit", "title", ...["updated", "strength", "start"].filter((name) => data.columns[name])].filter(Boolean);
      if (sorts.options.length !== names.length) {
        fill(sorts, ...names.map((name) => make("option", { value: name }, words["sort_" + name])));
      }
      sorts.value = names.includes(state.sort) ? state.sort : names[0];
      asList.setAttribute("aria-pressed", String(state.view !== "table"));
      asTable.setAttribute("aria-pressed", String(state.view === "table"));
    }

    // Once, and after a pause: a voice that follows every letter says nothing.
    let waiting = 0;

    function announce(words_) {
      clearTimeout(waiting);
      // What lies behind an open sheet is not read out.
      waiting = setTimeout(() => { (sheet.open ? sheetStatus : status).textContent = words_; }, 500);
    }

    // -- the keyboard --

    const links = () => Array.from(list.querySelectorAll("h3 a, th[scope=row] a"));

    function step(event, by) {
      const all = links(), at = all.indexOf(document.activeElement) + by;
      if (at >= all.length || (at < 0 && document.activeElement === field)) return;
      event.preventDefault();
      (all[at] || field).focus();
    }

    document.addEventListener("keydown", (event) => {
      const busy = /^(input|select|textarea)$/i.test(event.target.tagName) || event.target.isContentEditable;
      if (event.key !== "/" || busy || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      event.preventDefault();
      field.focus();
    });

    // -- links and files --

    // Every case that was found, in the order of the list; examples are data of nobody.
    function found() {
      const columns = facets.filter((facet) => facet.column);
      const head = ["id", "title", "summary", ...columns.map((facet) => facet.column), "updated", "strength", "page"];
      return [head, ...order.map((number_) => {
        const row = data.cases[number_];
        return [row[0], row[1], row[2] || "",
          ...columns.map((facet) => termsOf(facet, number_).filter(fine).map((term) => term.id).join("; ")),
          row[7] || "", Number.isInteger(row[8]) ? row[8] : "", data.folder + "/" + row[0] + ".html"];
      })];
    }

    function download() {
      return Promise.all([need("csv"), Promise.resolve(needSummaries()).catch(() => {})]).then(save, () => failed(download));
    }

    function save() {
      const name = [data.folder, order.length, "of", data.counted, data.as_of].join("-") + ".csv";
      retry = null;
      casebook.download(name, casebook.csv(found()), "text/csv");
    }

    // -- beginning --

    const [firstFacets, others] = [facets.slice(0, FIRST_FACETS), facets.slice(FIRST_FACETS)];
    panel.append(...firstFacets.map(filter));
    if (others.length) {
      const more = make("details.more-filters", {}, make("summary", {}, words.more_filters), ...others.map(filter));
      more.open = others.some((facet) => facet.fold.open);
      panel.append(more);
    }
    field.value = state.q;
    field.addEventListener("focus", needWords, { once: true });

    // On a phone the filters are a sheet over the page; where a browser has none, they stand above.
    const narrowScreen = matchMedia("(max-width: 61.99rem)");
    const place = () => {
      const phone = narrowScreen.matches && typeof sheet.showModal === "function";
      if (sheet.open && !phone) sheet.close();
      (phone ? sheet.querySelector(".sheet-body") : side).append(panel);
      open.hidden = !phone;
      side.hidden = phone;
    };
    place();
    if (narrowScreen.addEventListener) narrowScreen.addEventListener("change", place);
    else narrowScreen.addListener(place);

    // The page as it was built gives way once there is something to show.
    function enter() {
      const built = document.getElementById("listing"), numbers = document.getElementById("numbers");
      built.before(whole);
      if (numbers) whole.after(numbers);
      built.remove();
    }

    // Of a long library the summaries are a file apart; the first cases of the page have theirs.
    if (data.summaries) document.querySelectorAll("#listing .main > .section:first-child .card").forEach((card, at) => {
      const summary = card.querySelector("p:not([class])");
      if (at < data.counted && summary) data.cases[data.order[at]][2] = summary.textContent;
    });

    ask();
    window.addEventListener("popstate", recall);
    window.addEventListener("hashchange", recall);
    if (state.q) needWords();
    // The filters come before they are opened, and texts are folded before the first word is typed.
    // Where there are so many that it takes long, the summaries do not wait for the reader either.
    setTimeout(() => {
      need("find-filters").catch(() => {});
      loadSearch().then(() => prepared(() => {}), () => {});
    }, REST);
    if (engine.total > MANY) setTimeout(needSummaries, REST);
  }

  casebook.page = view;
})();
