// Compare two things: how many cases name a term of one facet and a term of another, and which.
// It counts with the data of assets/engine.js; entries are loaded where both stand in one list.
(function () {
  "use strict";
  const casebook = window.casebook;
  if (!casebook || !casebook.engine || !casebook.make) return;
  const { make, fill, load, to } = casebook;

  const MOST_ROWS = 60, MOST_COLUMNS = 30, FEW = 5, PAGE = 50;

  // ---- Counting --------------------------------------------------------------------------------

  const unique = (numbers) => Array.from(new Set(numbers)).sort((a, b) => a - b);

  // The terms of a facet that stand in a table: by group, else those that are no group.
  const termsOf = (facet, fine) => (fine ? facet.terms.filter((term) => !term.below) : facet.tops);

  // Who names a term: cases, or the entries of a list, each by number; a group has all below it.
  function units(engine, facet, term, list) {
    if (!list) return casebook.numbers(term.in).filter((number) => number < engine.data.counted);
    if (term.below) return unique([].concat(...term.below.map((other) => units(engine, facet, other, list))));
    const rows = list.terms[facet.name];
    return casebook.numbers((rows && rows[facet.terms.indexOf(term)]) || "");
  }

  // The table of two facets: its rows and columns, those of most cases first, each with its distinct
  // cases; `cell(row, column)` has the cases of a pair, as [case, entry], by title. What has none is
  // left out.
  casebook.compare = function (engine, rows, columns, fine, list) {
    const caseOf = list ? casebook.numbers(list.case) : null;
    const side = (facet) => termsOf(facet, fine).map((term) => ({ term, cases: new Set() }));
    const across = side(columns), at = new Map(), cells = new Map(), inside = new Set();
    across.forEach((column) => units(engine, columns, column.term, list).forEach((unit) => {
      if (!at.has(unit)) at.set(unit, []);
      at.get(unit).push(column);
    }));
    const down = side(rows);
    down.forEach((row) => {
      const own = new Map();
      cells.set(row.term, own);
      units(engine, rows, row.term, list).forEach((unit) => (at.get(unit) || []).forEach((column) => {
        const number = caseOf ? caseOf[unit] : unit;
        if (!own.has(column.term)) own.set(column.term, new Map());
        if (!own.get(column.term).has(number)) own.get(column.term).set(number, unit);
        [row.cases, column.cases, inside].forEach((cases) => cases.add(number));
      }));
    });
    const first = (some) => some.filter((one) => one.cases.size).sort((a, b) => b.cases.size - a.cases.size);
    return {
      rows: first(down), columns: first(across), inside: inside.size, list,
      cell: (row, column) => {
        const cases = (cells.get(row) || new Map()).get(column);
        return cases ? Array.from(cases).sort((a, b) => casebook.ranks[a[0]] - casebook.ranks[b[0]]) : [];
      },
    };
  };

  // ---- The page --------------------------------------------------------------------------------

  function view(engine) {
    const place = document.getElementById("compare");
    if (!place) return;
    const { data, facets } = engine, given = JSON.parse(place.getAttribute("data-compare"));
    const words = given.words, named = new Map(facets.map((facet) => [facet.name, facet]));
    const say = (name, values) => casebook.say(words[name], values);
    let state = {}, table = null, lists = null, fault = false;

    // -- the address --

    const KEYS = ["rows", "columns", "by", "row", "column"];

    function read() {
      const found = { rows: "", columns: "", by: "", row: "", column: "" };
      location.hash.replace(/^#/, "").split("&").forEach((pair) => {
        const cut = pair.indexOf("="), key = pair.slice(0, cut);
        if (cut > 0 && KEYS.includes(key)) found[key] = casebook.decode(pair.slice(cut + 1));
      });
      if (!named.has(found.rows)) found.rows = given.first[0];
      if (!named.has(found.columns)) found.columns = given.first[1];
      return found;
    }

    const write = (values) => {
      const all = Object.assign({}, state, values);
      return "#" + KEYS.filter((key) => all[key]).map((key) => key + "=" + casebook.encode(all[key])).join("&");
    };

    function change(values) {
      state = Object.assign(state, values);
      try {
        history.pushState(null, "", write({}));
      } catch (error) {
        // Safari allows a hundred changes in half a minute: then the address stays behind.
      }
      update();
    }

    // -- parts that stay --

    const chosen = (key) => make("select", { id: "compare-" + key, on: { change: (event) => change({ [key]: event.target.value, row: "", column: "" }) } },
      ...facets.map((facet) => make("option", { value: facet.name }, facet.label)));
    const rows = chosen("rows"), columns = chosen("columns");
    const level = (by, label) => make("button", { type: "button", on: { click: () => change({ by, row: "", column: "" }) } }, label);
    const groups = level("", words.families), fine = level("terms", words.terms);
    const levels = make("span.find-views", {}, groups, fine);
    const status = make("p.quiet", { role: "status" });
    const head = make("h2", { id: "compare-title" });
    const about = make("p", {}), body = make("div", {}), cases = make("div", {}), notes = make("div.compare-about", {});
    const whole = make("div.find.compare", {},
      make("div.compare-choice", {},
        make("p", {}, make("label", { for: "compare-rows" }, words.rows), rows),
        make("button", { type: "button", on: { click: () => change({ rows: state.columns, columns: state.rows, row: state.column, column: state.row }) } }, words.swap),
        make("p", {}, make("label", { for: "compare-columns" }, words.columns), columns), levels),
      head, about, status, body, cases, notes,
      make("p.find-bar.find-foot", {}, ...casebook.copyLink(words, () => location.href.split("#")[0] + write({})),
        make("button", { type: "button", on: { click: download } }, words.download)));
    if (words.language !== document.documentElement.lang) whole.lang = words.language;

    // -- cases --

    // The place in a case where an entry stands; an entry has the name of its list and its key.
    const keys = new Map();

    function anchor(unit) {
      const list = table.list;
      if (!list) return "";
      if (list.anchors[unit]) return list.anchors[unit];
      if (!keys.has(list)) {
        const own = new Map(), facet = named.get(list.key);
        if (facet) facet.terms.forEach((term) => units(engine, facet, term, list).forEach((row) => { if (!term.below) own.set(row, term.id); }));
        keys.set(list, own);
      }
      const id = keys.get(list).get(unit);
      return id && /^[a-z0-9-]+$/.test(id) ? list.list.replace(/_/g, "-") + "-" + id : "";
    }

    function titled([number, unit]) {
      const given = Object.assign({ href: engine.caseAddress(number, anchor(unit)) }, engine.inLanguage(number));
      return make("li", {}, make("a", given, data.cases[number][1]));
    }

    function listed(found, limit = PAGE) {
      const list = make("ul.names", {}, ...found.slice(0, limit).map(titled));
      if (found.length > limit) {
        const more = make("button", { type: "button", on: { click: () => {
          const next = listed(found, limit + PAGE);
          list.replaceWith(next);
          next.children[limit].firstChild.focus();
        } } }, say("more", { num: Math.min(found.length - limit, PAGE) }));
        list.append(make("li", {}, more));
      }
      return list;
    }

    // Find cases shows the same: two facets of the case are asked for there, entries are not.
    function elsewhere(row, column) {
      if (table.list || state.rows === state.columns) return null;
      const found = { q: "", any: { [state.rows]: [row.id], [state.columns]: [column.id] }, not: {}, rest: [] };
      return make("p", {}, make("a", { href: to(data.folder + "/index.html") + casebook.writeState(found, facets) }, words.open));
    }

    const linked = (term) => make("a", { href: engine.termAddress(term) }, term.label);
    const pair = (row, column) => say("title", { rows: row.label, columns: column.label });

    // -- showing --

    function cell(row, column) {
      const found = table.cell(row, column).length;
      if (!found) return make("td", {}, make("span.hidden", {}, words.none));
      const opened = row.id === state.row && column.id === state.column;
      return make("td", {}, make("a", { href: write({ row: row.id, column: column.id }), "aria-current": opened && "true" },
        String(found), make("span.hidden", {}, words.colon + " " + pair(row, column))));
    }

    function grid(down, across) {
      const upright = across.length > 8 ? ".upright" : "";
      return make("div.table.compare-table", { role: "region", "aria-labelledby": "compare-title", tabindex: "0" },
        make("table.cross.numbers" + upright, {},
          make("thead", {}, make("tr", {}, make("td", {}), ...across.map(({ term }) => make("th", { scope: "col" }, make("span", {}, linked(term)))),
            make("th", { scope: "col" }, make("span", {}, words.all)))),
          make("tbody", {}, ...down.map((row) => make("tr", {}, make("th", { scope: "row" }, linked(row.term)),
            ...across.map((column) => cell(row.term, column.term)), make("td", {}, String(row.cases.size))))),
          make("tfoot", {}, make("tr", {}, make("th", { scope: "row" }, words.all),
            ...across.map((column) => make("td", {}, String(column.cases.size))), make("td", {}, String(table.inside))))));
    }

    // On a phone: one row as a list, what comes up most first; few cases are named at once.
    function oneRow(across) {
      const row = (table.rows.find(({ term }) => term.id === state.row) || table.rows[0]).term;
      const select = make("select", { id: "compare-row", on: { change: (event) => {
        change({ row: event.target.value, column: "" });
        document.getElementById("compare-row").focus();
      } } }, ...table.rows.map(({ term, cases: own }) => make("option", { value: term.id }, term.label + " (" + own.size + ")")));
      select.value = row.id;
      const total = table.rows.find(({ term }) => term === row).cases.size;
      const items = across.map(({ term }) => ({ term, found: table.cell(row, term) })).filter(({ found }) => found.length)
        .sort((a, b) => b.found.length - a.found.length);
      return make("div.compare-row", {},
        make("p", {}, make("label", { for: "compare-row" }, named.get(state.rows).label), select),
        make("ul.tally.wide", {}, ...items.map(({ term, found }) => {
          const number = make("span.count", {}, say("of", { num: found.length, total }));
          const names = found.length < FEW ? listed(found) : make("details", {}, make("summary", {}, say("all_of", { num: found.length }),
            make("span.hidden", {}, words.colon + " " + pair(row, term))), listed(found), elsewhere(row, term));
          if (names.tagName === "DETAILS" && term.id === state.column) names.open = true;
          return make("li", {}, linked(term), number, names);
        })));
    }

    function showCases() {
      const row = named.get(state.rows).byId.get(state.row), column = named.get(state.columns).byId.get(state.column);
      const found = row && column ? table.cell(row, column) : [];
      fill(cases, found.length > 0 && make("section.section.compare-cases", {},
        make("h3", { id: "compare-cases", tabindex: "-1" }, pair(row, column) + " ", make("span.count", {}, say("of", { num: found.length, total: data.counted }))),
        listed(found), elsewhere(row, column)));
    }

    // What a side does not show: terms without a case here, and those beyond what a page takes.
    function shortened(facet, side, most) {
      const [total, shown] = [given.totals[facet.name][state.by === "terms" ? 1 : 0], side.length];
      const lines = [];
      if (total > shown) lines.push(make("p.quiet", {}, say("left_out", { name: facet.label, num: total - shown, total })));
      if (shown > most) lines.push(make("p.quiet", {}, say("cut", { name: facet.label, num: most, total: shown })));
      return lines;
    }

    function update() {
      const one = named.get(state.rows), other = named.get(state.columns);
      rows.value = state.rows;
      columns.value = state.columns;
      const grouped = [one, other].some((facet) => facet.terms.some((term) => term.below));
      levels.hidden = !grouped;
      groups.setAttribute("aria-pressed", String(state.by !== "terms"));
      fine.setAttribute("aria-pressed", String(state.by === "terms"));
      fill(head, say("title", { rows: one.label, columns: other.label }));
      // Both facets in one list of entries: then an entry must name both, not only the case.
      const together = one !== other && one.list === other.list && given.lists.includes(one.list);
      if (together && !lists) {
        fill(about);
        status.textContent = "";
        fill(body, fault && make("p", { role: "alert" }, make("button", { type: "button", on: { click: fetchLists } }, words.failed)));
        fill(cases);
        fill(notes);
        if (!fault) fetchLists();
        return;
      }
      const list = together ? lists.find((each) => each.list === one.list) : null;
      table = casebook.compare(engine, one, other, state.by === "terms", list);
      const down = table.rows.slice(0, MOST_ROWS), across = table.columns.slice(0, MOST_COLUMNS);
      fill(about, list ? say("entry", { list: list.label }) : words.case);
      status.textContent = table.inside ? say("inside", { num: table.inside }) : words.nothing;
      fill(body, table.inside > 0 && grid(down, across), table.inside > 0 && oneRow(table.columns));
      showCases();
      fill(notes, ...[...new Set([one, other])].map((facet) => make("p.quiet", {}, say("stated",
        { name: facet.label, known: facet.known, unknown: facet.unknown, silent: facet.silent }))),
      ...(table.inside ? [...shortened(one, table.rows, MOST_ROWS), ...shortened(other, table.columns, MOST_COLUMNS)] : []));
    }

    function fetchLists() {
      fault = false;
      load(data.entries, data.made).catch(() => {
        fault = true;
        update();
      });
    }

    casebook.entries = (loaded) => {
      lists = loaded;
      update();
      if (state.column) arrive();
    };

    // A cell was chosen: its cases are read next.
    function arrive() {
      const heading = document.getElementById("compare-cases");
      if (heading && heading.getClientRects().length) heading.focus();
    }

    function recall() {
      const next = read();
      if (KEYS.every((key) => next[key] === state[key])) return;
      const opened = next.column && (next.row !== state.row || next.column !== state.column);
      state = next;
      update();
      if (opened && table) arrive();
    }

    function download() {
      if (!table) return;
      const lines = [[named.get(state.rows).label, ...table.columns.map(({ term }) => term.label), words.all],
        ...table.rows.map((row) => [row.term.label, ...table.columns.map((column) => table.cell(row.term, column.term).length), row.cases.size]),
        [words.all, ...table.columns.map((column) => column.cases.size), table.inside]];
      const name = [state.rows, "by", state.columns, data.as_of].join("-") + ".csv";
      casebook.need("csv").then(() => casebook.download(name, casebook.csv(lines), "text/csv"), () => { status.textContent = words.failed; });
    }

    state = read();
    update();
    casebook.fill(place, whole);
    if (state.column && table) arrive();
    window.addEventListener("popstate", recall);
    window.addEventListener("hashchange", recall);
  }

  casebook.page = view;
})();
