// Find cases: the page on which assets/engine.js is asked, and which shows what it finds.
// A browser too old for these scripts keeps the page as it was built.
(function () {
  "use strict";
  const casebook = window.casebook;
  if (!casebook || !casebook.engine || !casebook.make) return;
  const { make, fill, load, to } = casebook;

  const MOST_PRINTED = 50;
  const PAGE = 30, FIRST_CARDS = 8, FIRST_FACETS = 6, FIRST_TERMS = 12, LONG_LIST = 20, MOST_TERMS = 5, REST = 300, MANY = 1000;

  function view(engine) {
    const { data, facets, members, caseAddress, termAddress, inLanguage } = engine, words = data.words;
    const say = (name, values) => casebook.say(words[name], values);
    const facetNamed = new Map(facets.map((facet) => [facet.name, facet]));
    const named = (facet, id) => (facet.byId.has(id) ? facet.byId.get(id).label : say("gone", { name: id }));

    let state = casebook.readState(location.hash, facets);
    let result = null, text = null, beyond = null, limit = PAGE, order = [];
    const boxes = new Map(); // of each facet that was opened: what its terms show

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

    const status = make("p.hidden", { role: "status" });
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
      if (!facets.some((facet) => facet.fold.open) && facets.length) facets[0].fold.open = true;
      sheet.showModal();
    } } });
    const panel = make("div.find-panel", {});
    const close = make("button.find-close", { type: "button", on: { click: () => sheet.close() } });
    const sheet = make("dialog.sheet", { "aria-label": words.filters },
      make("p.find-bar", {}, make("strong", {}, words.filters),
        make("button", { type: "button", on: { click: () => sheet.close() } }, words.close)),
      make("div.sheet-body", {}), close);
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

    function filter(facet) {
      const chosen = make("span.count", {}), body = make("div", {});
      const fold = make("details.filter", { on: { toggle: () => { if (fold.open) build(facet, body); } } },
        make("summary", {}, facet.label + " ", chosen), body);
      facet.chosen = chosen;
      facet.fold = fold;
      if (state.any[facet.name] || state.not[facet.name]) fold.open = true;
      return fold;
    }

    function build(facet, body) {
      if (boxes.has(facet.name)) return;
      const own = new Map();
      boxes.set(facet.name, own);
      const tick = (term) => {
        const box = make("input", { type: "checkbox", on: { change: () => toggle("any", facet, term.id) } });
        const number = make("span.count", {});
        const label = make("label", {}, box, make("span", {}, term.label), number);
        const not = make("button.not", {
          type: "button", "aria-pressed": "false", "aria-label": say("without", { name: term.label }),
          on: { click: () => toggle("not", facet, term.id) },
        }, words.not);
        const item = make("li", {}, make("div.tick", {}, label, not));
        own.set(term.id, { term, box, number, not, item });
        if (term.below) {
          const below = make("details.below", {},
            make("summary", {}, say("all", { num: term.below.length }), make("span.hidden", {}, words.colon + " " + term.label)),
            make("ul", {}, ...term.below.map(tick)));
          below.open = term.below.some((other) => includes(facet, other));
          item.append(below);
        }
        return item;
      };
      const items = facet.tops.map(tick), terms = make("ul.ticks", {}, ...items);
      body.append(make("p.quiet", {}, words.any));
      if (facet.terms.length >= LONG_LIST) {
        const id = "find-in-" + facets.indexOf(facet);
        body.append(make("label.hidden", { for: id }, words.find_term + words.colon + " " + facet.label),
          make("input", { type: "search", id, placeholder: words.find_term, autocomplete: "off", on: {
            input: (event) => narrow(own, event.target.value),
          } }));
      }
      body.append(terms);
      if (items.length > FIRST_TERMS) {
        const rest = facet.tops.slice(FIRST_TERMS);
        const hide = (hidden) => rest.forEach((term) => { own.get(term.id).item.hidden = hidden && !includes(facet, term); });
        const more = make("button", { type: "button", on: { click: () => {
          hide(false);
          more.remove();
          const next = items[FIRST_TERMS].querySelector("input");
          if (next) next.focus();
        } } }, say("all", { num: items.length }));
        hide(true);
        body.append(more);
        own.more = more;
      }
      show(facet);
    }

    // Whether a term is chosen, or one below it.
    const includes = (facet, term) => (term.below || []).some((other) => includes(facet, other)) ||
      ["any", "not"].some((kind) => (state[kind][facet.name] || []).includes(term.id));

    // Shows the terms of a list that a few letters begin; groups stay where a term below them fits.
    function narrow(own, typedText) {
      const wanted = casebook.tokens(typedText);
      const fits = (term) => {
        const known = " " + casebook.tokens([term.label].concat(term.also || []).join(" ")).join(" ");
        return wanted.every((word) => known.includes(" " + word));
      };
      const holds = (term) => (term.below || []).some((other) => fits(other) || holds(other));
      own.forEach(({ term, item }) => {
        item.hidden = !fits(term) && !holds(term);
        const fold = item.querySelector("details");
        if (fold && wanted.length) fold.open = holds(term);
      });
      if (own.more) own.more.hidden = true;
    }

    // Writes the present numbers beside the terms; nothing under the focus is replaced.
    function show(facet) {
      const any = state.any[facet.name] || [], not = state.not[facet.name] || [];
      const number = any.length + not.length;
      facet.chosen.textContent = number ? say("chosen", { num: number }) : "";
      const own = boxes.get(facet.name);
      if (!own || !result) return;
      const counts = result.counts(facet);
      facet.terms.forEach((term, at) => {
        const parts = own.get(term.id);
        if (!parts) return;
        if (parts.counted !== counts[at]) {
          parts.counted = parts.number.textContent = counts[at];
          parts.item.classList.toggle("none", !counts[at]);
        }
        parts.box.checked = any.includes(term.id);
        parts.not.setAttribute("aria-pressed", String(not.includes(term.id)));
      });
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

    // What only a search needs is loaded with the first one: the other words of terms, and the
    // search over all that cases say, where there is one.
    let wanted = false;

    const needSummaries = () => data.summaries && load(data.summaries, data.made);

    function needWords() {
      if (wanted) return;
      wanted = true;
      load(data.also, data.made);
      needSummaries();
      if (data.search) load(data.search).then(ask);
    }

    // What does not fit the data is of another edition, which some cache has kept: it is left.
    casebook.words = function (lists) {
      if (!lists.every((list, at) => facets[at] && facets[at].terms.length === list.length)) return;
      // They are read in the order of the facets and their terms.
      lists.forEach((list, at) => list.forEach((also, number) => { facets[at].terms[number].also = also; }));
      engine.renew("terms", ask);
    };

    casebook.summaries = function (summaries) {
      data.summaries = "";
      if (summaries.length === data.cases.length) summaries.forEach((summary, number) => { data.cases[number][2] = summary; });
      engine.renew("cases", ask);
      update();
    };

    // Looks for the text, and shows what is found: in what this page knows, which may take a moment
    // to prepare, and then in all that cases say where there is an index.
    function ask() {
      const query = state.q;
      beyond = null;
      list.setAttribute("aria-busy", String(Boolean(query)));
      if (query) return engine.prepare(() => { if (query === state.q) answer(query); });
      text = null;
      return update();
    }

    function answer(query) {
      text = engine.search(query);
      list.setAttribute("aria-busy", "false");
      update();
      if (!text || !casebook.search) return;
      casebook.search(query, (found) => {
        if (query !== state.q || !text) return;
        beyond = new Map(found.cases.map(([number, score, said]) => [number, { score, said }]));
        text.bits = text.bits.slice();
        beyond.forEach((_, number) => engine.add(text.bits, number));
        (found.suggestions || []).forEach((word) => {
          if (!text.offers.some((offer) => offer[1] === word)) text.offers.push(["", word]);
        });
        update();
      });
    }

    // -- showing --

    // What cases are sorted by: the greatest first, and in the order of titles where it is equal.
    const KEYS = {
      // The search over texts weighs all that a case says; what only this page found stands after.
      fit: (number) => (beyond && beyond.has(number) ? 1000 + beyond.get(number).score : text.scores[number]),
      updated: (number) => data.cases[number][7] || "",
      strength: (number) => (Number.isInteger(data.cases[number][8]) ? data.cases[number][8] : -1),
      start: (number) => data.cases[number][6] || "",
    };
    const FALLING = ["updated", "strength", "start"];
    const { ranks } = casebook;

    function ordered(numbers) {
      const key = KEYS[FALLING.includes(state.sort) ? state.sort : state.sort !== "title" && text && "fit"];
      if (!key) return numbers;
      const keys = new Map(numbers.map((number) => [number, key(number)]));
      return numbers.sort((a, b) => {
        const one = keys.get(a), other = keys.get(b);
        return one === other ? ranks[a] - ranks[b] : (one < other ? 1 : -1);
      });
    }

    // A text with the words that match marked.
    function marked(text_) {
      if (!text) return [text_];
      const forms = [];
      text.words.forEach((word) => forms.push(...engine.forms(word)));
      return text_.split(/([\p{L}\p{M}\p{N}]+)/u).map((part, at) => {
        if (at % 2 === 0) return part;
        const folded = casebook.fold(part);
        const fits = forms.some((form) => (casebook.isPaired && casebook.isPaired(form) ? folded.includes(form) : folded.startsWith(form)));
        return fits ? make("mark", {}, part) : part;
      });
    }

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

    function item(number) {
      const row = data.cases[number], said = beyond && beyond.get(number) && beyond.get(number).said;
      const above = line(data.above, number), below = line(data.below, number);
      const card = make("li.card", {});
      if (row[4]) card.append(make("p.marks", {}, make("span.label.label-example", {}, row[4])));
      if (Number.isInteger(row[8])) above.push(strength(row[8]));
      if (!row[4] && above.length) card.append(make("p.kicker", {}, above.join(" · ")));
      card.append(make("h3", {}, titled(number)));
      // Room for a summary that is on its way: nothing is pushed down when it comes.
      if (data.summaries && row[2] === "") {
        needSummaries();
        card.append(make("p.brief.waiting", {}));
      }
      if (row[2]) card.append(make("p.brief", inLanguage(number), ...marked(row[2])));
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

    function table(numbers) {
      const names = data.above.concat(data.below);
      const columns = Object.keys(data.columns).filter((name) => data.columns[name] && !names.includes(data.columns[name]));
      const now = state.sort || (text ? "fit" : "title");
      const head = (name, label) => make("th", {
        scope: "col", "aria-sort": now === name && (FALLING.includes(name) ? "descending" : "ascending"),
      }, make("button", { type: "button", on: { click: () => { change({ sort: name }); refocus(name); } }, "data-sort": name }, label));
      const label = (name) => (facetNamed.get(name) ? facetNamed.get(name).label : data.labels[name]);
      const place = { start: 6, updated: 7, strength: 8 };
      const cell = (row, name) => (row[place[name]] === undefined ? "" : String(row[place[name]]));
      return make("div.table", { role: "region", "aria-label": words.results, tabindex: "0" }, make("table", {},
        make("thead", {}, make("tr", {}, head("title", words.title),
          ...names.map((name) => (name === data.columns.start ? head("start", label(name)) : make("th", { scope: "col" }, label(name)))),
          ...columns.map((name) => head(name, words[name])))),
        make("tbody", {}, ...numbers.map((number) => make("tr", {},
          make("th", { scope: "row" }, titled(number)),
          ...names.map((name) => make("td", {}, shown(name, number))),
          ...columns.map((name) => make("td", {}, cell(data.cases[number], name))))))));
    }

    function refocus(name) {
      const button = list.querySelector('[data-sort="' + name + '"]');
      if (button) button.focus();
    }

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
      close.textContent = result.count ? say("show", { num: result.count }) : words.none;
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
      const cards = state.view !== "table" && make("ul.cards.rows", {}, ...now.map(item));
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

    // What a text or an empty list calls for: other spellings, terms, and which filter to drop.
    function showHelp() {
      const parts = [];
      if (text && !text.bits.some(Boolean)) parts.push(make("p", {}, say("nothing", { words: state.q })));
      if (text && text.offers.length) parts.push(make("div.chips", {}, ...text.offers.slice(0, 3).map(([word, other]) =>
        make("button", { type: "button", on: { click: () => {
          field.value = word ? casebook.tokens(state.q).map((one) => (one === word ? other : one)).join(" ") : other;
          typed();
          field.focus();
        } } }, say("offer", { word: other })))));
      if (!result.count && result.filters.length > 1) {
        parts.push(make("p", {}, words.none), make("ul.chips", {}, ...result.filters.slice().sort((a, b) => b.count - a.count).map((filter) => {
          const ids = filter.facet ? state[filter.kind][filter.facet.name] : [];
          const names = ids.map((id) => (filter.kind === "not" ? words.not + " " : "") + named(filter.facet, id));
          const name = filter.facet ? names.reduce((one, two) => say("or", { one, two })) : say("quoted", { words: state.q });
          return make("li", {}, make("button", { type: "button", on: { click: () => {
            if (filter.facet) state[filter.kind][filter.facet.name] = [];
            else field.value = "";
            change({ q: field.value });
            field.focus();
          } } }, say("drop", { name, num: filter.count })));
        })));
      }
      fill(help, ...parts);
      const chosen = (term) => (state.any[term.facet.name] || []).includes(term.id);
      const offered = text ? text.terms.filter((term) => !chosen(term)).slice(0, MOST_TERMS) : [];
      fill(terms, offered.length > 0 && make("h2", {}, words.terms), offered.length > 0 && make("ul.offers", {}, ...offered.map((term) => make("li", {},
        make("button", { type: "button", on: { click: () => take(term) } }, ...marked(term.label), " ",
          make("span.count", {}, term.facet.label + " · " + term.count)),
        make("a", { href: termAddress(term) }, make("span", { "aria-hidden": "true" }, "?"), make("span.hidden", {}, words.page + words.colon + " " + term.label))))));
    }

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
      waiting = setTimeout(() => { status.textContent = words_; }, 500);
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
    casebook.found = function () {
      const columns = facets.filter((facet) => facet.column);
      const head = ["id", "title", "summary", ...columns.map((facet) => facet.column), "updated", "strength", "page"];
      return [head, ...order.map((number_) => {
        const row = data.cases[number_];
        return [row[0], row[1], row[2] || "",
          ...columns.map((facet) => termsOf(facet, number_).filter(fine).map((term) => term.id).join("; ")),
          row[7] || "", Number.isInteger(row[8]) ? row[8] : "", data.folder + "/" + row[0] + ".html"];
      })];
    };

    function download() {
      return Promise.resolve(needSummaries()).catch(() => {}).then(save);
    }

    function save() {
      const name = [data.folder, order.length, "of", data.counted, data.as_of].join("-") + ".csv";
      casebook.download(name, casebook.csv(casebook.found()), "text/csv");
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
    // Texts are folded before the first word is typed. Where there are so many that it takes long,
    // the summaries do not wait for the reader either.
    setTimeout(engine.prepare, REST, () => {});
    if (engine.total > MANY) setTimeout(needSummaries, REST);
  }

  casebook.page = view;
})();
