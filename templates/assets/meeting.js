// Before a meeting: the cases that fit what a reader has chosen, and what they tell.
// It asks assets/engine.js and assets/data/entries.js; the words of a few cases come when they are
// needed. generator/pages/finder.py says what the page has to give. A browser too old for these
// scripts keeps the page as it was built.
(function () {
  "use strict";
  const casebook = window.casebook, place = document.getElementById("finder");
  if (!casebook || !casebook.engine || !casebook.make || !place) return;
  const { fill, load, to } = casebook;
  const make = (what, given, ...children) => casebook.make(what, given, ...children.filter(Boolean));

  const MOST_CASES = 6, MOST_NEAR = 4; // how many of those that fit, and that nearly fit, are named
  const ENOUGH = 5; // of so many cases that fit all, the others are not counted
  const MOST_GROUPS = 5, MOST_ENTRIES = 2, MOST_LIKE = 2, MOST_SHORT = 3, MOST_ASKED = 5;
  const MOST_NAMES = 3, FEW = 5;
  const MOST_TEXTS = 16; // files of words for one answer
  const MOST_JUDGED = 30; // of what was tried, so much is shown at once

  const settings = JSON.parse(place.getAttribute("data-settings")), words = settings.words;

  // ---- What cases tell, without their words ------------------------------------------------------

  const lists = new Map(); // by name: the entries of all counted cases, as they came
  const read = new Map(); // by name: the same, read

  // A list of entries. The rows of a case stand side by side, from `starts` of its number; `at` has
  // for each row the place of its term among those of `key`, -1 where it names none.
  function readList(engine, from) {
    const facets = new Map(engine.facets.map((facet) => [facet.name, facet])), key = facets.get(from.key);
    const caseOf = casebook.numbers(from.case), size = caseOf.length;
    const starts = new Uint32Array(engine.data.counted + 1);
    caseOf.forEach((number) => { starts[number + 1] += 1; });
    for (let number = 0; number < engine.data.counted; number += 1) starts[number + 1] += starts[number];
    // The first term of a facet in each row, as its place among the terms.
    const placesOf = (name) => {
      const places = new Int32Array(size).fill(-1);
      (from.terms[name] || []).forEach((rows, at) => casebook.numbers(rows).forEach((row) => {
        if (places[row] < 0) places[row] = at;
      }));
      return places;
    };
    const at = placesOf(from.key), groups = key ? key.terms.map((term) => top(key, term)) : [];
    const among = (rows) => casebook.numbers(rows || "").filter((row) => at[row] >= 0);
    return {
      slug: slugs.get(from.list), name: from.list, key, caseOf, starts, at, placesOf, facets,
      anchors: from.anchors, strength: from.strength,
      term: (row) => key.terms[at[row]],
      group: (row) => groups[at[row]],
      // An entry whose obstacle is unknown is among what was tried as little as on other pages.
      tried: new Set(among(from.tried)),
      advised: new Set(among(from.advised)),
    };
  }

  // The topmost group of a term; the term itself where it is in none.
  function top(facet, term) {
    let group = term;
    while (facet.byId.has(group.broader)) group = facet.byId.get(group.broader);
    return group;
  }

  const slugs = new Map(settings.lists.concat(settings.obstacles || []).map((one) => [one.list, one.slug]));

  // Calls `each` with every row of a case, until it returns true.
  function someRow(list, number, each) {
    for (let row = list.starts[number]; row < list.starts[number + 1]; row += 1) if (each(row)) return true;
    return false;
  }

  const names = (list, number) => someRow(list, number, (row) => list.at[row] >= 0);

  // Sorts rows by numbers that are whole and less than 2^21, the first before all: numbers are sorted
  // much faster than by comparing two rows.
  const ROOM = Math.pow(2, 21);

  function sortedRows(rows, first, second) {
    const keys = Float64Array.from(rows, (row) => (first(row) * ROOM + second(row)) * ROOM + row);
    return Array.from(keys.sort(), (key) => key % ROOM);
  }

  casebook.meeting = function (engine) {
    const counted = engine.data.counted, of = settings.obstacles;
    let standing = null; // all cases, those that tell most first

    function readAll() {
      const tells = new Uint32Array(counted);
      settings.told.map((name) => read.get(name)).filter(Boolean).forEach((list) => {
        tells.forEach((_, number) => { tells[number] += list.starts[number + 1] - list.starts[number]; });
      });
      const most = tells.reduce((one, other) => Math.max(one, other), 0);
      standing = sortedRows(Array.from(tells.keys()), (number) => most - tells[number], (number) => casebook.ranks[number]);
    }

    // How many cases fit all of some choices.
    const together = (some) => engine.common(some.reduce((bits, one) => engine.both(bits, one.term.bits), engine.every), engine.counted);

    // The cases that fit all of what was chosen, and those that fit as much as is left.
    function fitting(chosen) {
      const by = chosen.map(() => []);
      const fits = (number) => chosen.filter((one) => engine.has(one.term.bits, number));
      standing.forEach((number) => {
        const own = chosen.reduce((sum, one) => sum + engine.has(one.term.bits, number), 0);
        if (own) by[own - 1].push(number);
      });
      const all = by.pop() || [];
      const near = by.reverse().find((some, at) => some.length && (at === 0 || !all.length)) || [];
      const missed = near.length ? chosen.length - fits(near[0]).length : 0;
      const pool = all.length >= ENOUGH ? all : all.concat(near);
      return {
        all, near, missed, fits, pool, closest: chosen.length > 1 ? pool[0] : undefined,
        counts: chosen.map((_, at) => together(chosen.slice(0, at + 1))),
        without: all.length || chosen.length < 2 ? [] : chosen
          .map((one) => ({ one, number: together(chosen.filter((other) => other !== one)) })).sort((a, b) => b.number - a.number),
      };
    }

    // The groups of a list, or its terms in none: of each the cases of `pool` that name it.
    function groups(list, pool) {
      const found = new Map();
      pool.forEach((number) => someRow(list, number, (row) => {
        if (list.at[row] < 0) return;
        const group = list.group(row);
        let own = found.get(group);
        if (!own) found.set(group, own = { term: group, cases: [], rows: [] });
        if (own.cases[own.cases.length - 1] !== number) own.cases.push(number);
        own.rows.push(row);
      }));
      return Array.from(found.values()).sort((a, b) => b.cases.length - a.cases.length ||
        list.key.terms.indexOf(a.term) - list.key.terms.indexOf(b.term));
    }

    const strong = (list, row) => (list.strength[row] === "-" ? 0 : Number(list.strength[row]));
    const knownIn = (list, pool) => pool.reduce((sum, number) => sum + names(list, number), 0);

    // What helped: of each group one entry, of a case that was not yet quoted if there is one.
    function lessons(list, pool, closest) {
      const every = groups(list, pool), quoted = new Set();
      const rows = every.slice(0, MOST_GROUPS);
      rows.forEach((group) => {
        const fresh = group.rows.filter((row) => !quoted.has(list.caseOf[row]));
        const choice = fresh.length ? fresh : group.rows;
        group.entry = choice.reduce((best, row) => {
          if (list.caseOf[best] === closest) return best;
          return list.caseOf[row] === closest || strong(list, row) > strong(list, best) ? row : best;
        });
        quoted.add(list.caseOf[group.entry]);
      });
      return { list, rows, more: every.length - rows.length, known: knownIn(list, pool) };
    }

    // What the entries of obstacles tell besides: the result of each, the better before the worse,
    // and among those as good the ones of cases that fit better.
    function outcomes(list, { all, near }) {
      const facet = list.facets.get(of.worked), places = list.placesOf(of.worked);
      const order = facet ? facet.terms.map((term) => of.results.findIndex((result) => result[0] === term.id)) : [];
      const ranks = Float64Array.from({ length: counted }, (_, number) => counted + number);
      all.concat(near).forEach((number, at) => { ranks[number] = at; });
      const best = (rows) => sortedRows(rows, (row) => (places[row] < 0 ? of.results.length : order[places[row]]), (row) => ranks[list.caseOf[row]]);
      return { best, result: (row) => (places[row] < 0 ? null : facet.terms[places[row]]) };
    }

    // What got in the way: of each group the entries of the closest case, and answered ones of others.
    function obstacles(list, { pool, closest }, { best }) {
      const every = groups(list, pool);
      const first = every.filter((group) => group.cases.includes(closest));
      const filled = first.concat(every.filter((group) => !first.includes(group))).slice(0, MOST_GROUPS);
      const rows = every.filter((group) => filled.includes(group));
      rows.forEach((group) => {
        const own = group.rows.filter((row) => list.caseOf[row] === closest);
        const others = group.rows.filter((row) => list.caseOf[row] !== closest);
        const answered = best(others.filter((row) => list.tried.has(row)));
        group.entries = own.concat(answered.slice(0, Math.max(0, MOST_ENTRIES - own.length)));
        if (!group.entries.length) group.entries = others.slice(0, 1);
      });
      return { list, rows, more: every.length - rows.length, known: knownIn(list, pool) };
    }

    // An entry without a response is followed by those of like cases, none of them twice.
    function answer({ list, rows }, tried, { result }) {
      const shown = new Set([].concat(...rows.map((group) => group.entries)));
      const like = (row, fits) => {
        const found = [];
        tried.some((other) => {
          if (fits(other) && !shown.has(other) && list.caseOf[other] !== list.caseOf[row]) found.push(other);
          return found.length === MOST_LIKE;
        });
        return found;
      };
      rows.forEach((group) => {
        group.entries = group.entries.map((row) => {
          const entry = { row, result: result(row), tried: list.tried.has(row), like: [], same: true };
          if (!entry.tried) {
            const same = like(row, (other) => list.at[other] === list.at[row]);
            entry.same = same.length > 0;
            const others = entry.same ? same : like(row, (other) => list.group(other) === group.term);
            entry.like = others.map((other) => ({ row: other, result: result(other) }));
            others.forEach((other) => shown.add(other));
          }
          return entry;
        });
      });
    }

    // Of each obstacle, in how many of the cases it stands: those of most first.
    function named(list, pool) {
      const cases = new Uint32Array(list.key.terms.length), last = new Int32Array(cases.length).fill(-1);
      pool.forEach((number) => someRow(list, number, (row) => {
        const at = list.at[row];
        if (at >= 0 && last[at] !== number) cases[at] += 1;
        if (at >= 0) last[at] = number;
      }));
      const places = Array.from(cases.keys()).filter((at) => cases[at]);
      return places.sort((a, b) => cases[b] - cases[a] || a - b).map((at) => [list.key.terms[at], cases[at]]);
    }

    function rowsAmong(list, pool, some) {
      const rows = [];
      pool.forEach((number) => someRow(list, number, (row) => { if (some.has(row)) rows.push(row); }));
      return rows;
    }

    // All that the page tells of what was chosen, as numbers of cases and rows of entries: `done` gets
    // it. Of many cases it takes long, so it is done in steps, and the page answers between them.
    return function (chosen, done) {
      const told = { helped: [], obstacles: null }, steps = [];
      lists.forEach((from, name) => { if (!read.has(name)) steps.push(() => read.set(name, readList(engine, from))); });
      steps.push(() => { if (!standing) readAll(); });
      steps.push(() => Object.assign(told, fitting(chosen)));
      settings.lists.forEach(({ list }) => steps.push(() => {
        const own = read.get(list), lesson = own && own.key && lessons(own, told.pool, told.closest);
        if (lesson && lesson.rows.length) told.helped.push(lesson);
      }));
      const stands = () => of && read.has(of.list) && read.get(of.list).key && told.pool.length;
      let results = null, tried = [];
      const about = (step) => steps.push(() => { if (stands()) step(read.get(of.list)); });
      about((list) => { results = outcomes(list, told); });
      about((list) => { told.obstacles = obstacles(list, told, results); });
      about((list) => { tried = results.best(Array.from(list.tried)); });
      about(() => answer(told.obstacles, tried, results));
      about((list) => {
        const terms = named(list, told.pool), answered = new Set(tried.map((row) => list.at[row]));
        told.obstacles.ask = terms.filter((item) => item[1] > 1).slice(0, MOST_ASKED);
        told.obstacles.unrecorded = terms.map((item) => item[0]).filter((term) => !answered.has(list.key.terms.indexOf(term)));
      });
      about((list) => {
        const own = rowsAmong(list, told.pool, list.tried), judged = own.filter((row) => results.result(row));
        told.obstacles.tried = own.length;
        told.obstacles.judged = results.best(judged).map((row) => ({ row, result: results.result(row) }));
      });
      about((list) => { told.obstacles.advice = rowsAmong(list, told.pool, list.advised).slice(0, MOST_SHORT); });
      casebook.sliced(() => {
        steps.shift()();
        return !steps.length;
      }, () => done(told));
    };
  };

  // ---- The words of a few cases ------------------------------------------------------------------

  const texts = new Map(); // by id of a case: what it says, by anchor

  casebook.searchText = function (file) {
    const rows = new Map();
    file[1].forEach((row) => { if (!rows.has(row[0])) rows.set(row[0], { text: row[1], more: row[2] || {} }); });
    texts.set(file[0], rows);
  };

  casebook.entries = function (every) {
    every.forEach((from) => lists.set(from.list, from));
  };

  // ---- The page ----------------------------------------------------------------------------------

  casebook.page = function (engine) {
    const { data, facets, caseAddress, inLanguage } = engine, plan = casebook.meeting(engine);
    const facetNamed = new Map(facets.map((facet) => [facet.name, facet]));
    const say = (name, values) => casebook.say(words[name], values);
    const form = place.querySelector("form"), selects = Array.from(form.querySelectorAll("select"));
    const listing = document.getElementById("listing"), lede = document.querySelector(".page-head .lede");
    const status = make("p.hidden", { role: "status" });
    const answer = make("div.main.meeting", { id: "answer", hidden: true });
    if (words.language !== document.documentElement.lang) answer.lang = words.language;

    // A sentence in which a value is an element.
    function parts(name, values) {
      return words[name].split(/\{(\w+)\}/).map((part, at) => (at % 2 ? values[part] : part));
    }

    const titled = (number, anchor) => make("a", Object.assign({ href: caseAddress(number, anchor) }, inLanguage(number)), data.cases[number][1]);
    const termed = (term) => make("a", { href: engine.termAddress(term) }, term.label);
    const anchorOf = (list, row) => list.anchors[row] || list.slug + "-" + (list.term(row).page || list.term(row).id);
    const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
    const heading = (text, count) => make("h2", {}, text, count ? " " : null, count ? make("span.count", {}, count) : null);
    const section = (id, ...children) => make("section.section", { id }, ...children);

    // -- what was chosen --

    function said(question, at, term) {
      const label = question.lower[at] && /^.\p{Ll}/u.test(term.label)
        ? term.label.slice(0, 1).toLowerCase() + term.label.slice(1) : term.label;
      return question.phrases[at].split("{term}").join(label);
    }

    const pair = (facet, term) => casebook.writeState({ q: "", sort: "", view: "", any: { [facet.name]: [term.id] }, not: {}, rest: [] }, facets).slice(1);

    // What the address holds: of each question at most one answer, the finest.
    function read() {
      const state = casebook.readState(location.hash, facets), chosen = [], gone = [];
      settings.questions.forEach((question, number) => {
        let found = null;
        question.facets.forEach((name, at) => (state.any[name] || []).forEach((id) => {
          const facet = facetNamed.get(name), term = facet && facet.byId.get(id);
          if (!term) gone.push(id);
          else found = found || { number, facet, term, said: said(question, at, term), value: pair(facet, term) };
        }));
        if (found) chosen.push(found);
      });
      return { chosen, gone };
    }

    function show(chosen) {
      selects.forEach((select, number) => {
        const one = chosen.find((other) => other.number === number), value = one ? one.value : "";
        if (!Array.from(select.options).some((option) => option.value === value)) {
          select.append(make("option", { value }, one.term.label));
        }
        select.value = value;
      });
    }

    function go(values) {
      const hash = "#" + values.join("&");
      if (hash === (location.hash || "#")) return;
      try {
        history.pushState(null, "", hash);
        update();
      } catch (error) {
        location.hash = hash;
      }
    }

    // -- what is told --

    const listOf = (items) => items.map((one) => one.said).join(words.comma);

    function reason(fits, chosen) {
      const missed = chosen.filter((one) => !fits.includes(one));
      return capital([listOf(fits), missed.map((one) => say("not", { what: one.said })).join(words.comma)].filter(Boolean).join("; "));
    }

    // How many cases are left with each choice. After the choice that leaves none, nothing is said.
    function first(told, chosen) {
      const end = told.counts.indexOf(0) + 1 || chosen.length;
      const counts = told.counts.slice(1, end).map((num, at) => say(num ? "and_of" : "none_of", { num, what: chosen[at + 1].said }));
      const sentence = [say("first", { num: told.counts[0], what: chosen[0].said })].concat(counts).join(words.comma) + ". ";
      return make("p.lede", {}, sentence, ...(told.closest === undefined ? [] : parts("closest", { title: titled(told.closest) })));
    }

    function nearest(told, chosen) {
      const findTo = to(settings.find) + "#" + chosen.map((one) => one.value).join("&");
      const rows = (numbers) => make("ul.plain", {}, ...numbers.map((number) => make("li", {},
        titled(number), make("p.quiet", {}, reason(told.fits(number), chosen)))));
      const block = (name, numbers, most) => numbers.length > 0 && make("div", {},
        chosen.length > 1 && make("h3", {}, words[name] + " ", make("span.count", {}, String(numbers.length))), rows(numbers.slice(0, most)),
        numbers.length > most && make("p.quiet", {}, say("left", { num: numbers.length - most })));
      return section("fit",
        told.without.length > 0 && make("p", {}, words.none),
        make("ul.chips", {}, ...told.without.filter((each) => each.number > 0).map(({ one, number }) => make("li", {},
          make("button", { type: "button", on: { click: () => {
            go(chosen.filter((other) => other !== one).map((other) => other.value));
            focus();
          } } }, say("without", { what: one.said, num: number }))))),
        block("fits", told.all, MOST_CASES), block(told.missed > 1 ? "part" : "near", told.near, MOST_NEAR),
        make("p.quiet", {}, words.order + " ", told.all.length > 0 && make("a", { href: findTo }, say("all", { num: told.all.length }))));
    }

    // What an entry says of its own: without its response and its advice, where these are apart.
    function wordsOf(number, anchor) {
      const row = (texts.get(data.cases[number][0]) || new Map()).get(anchor);
      if (!row) return null;
      const own = [row.more.r, row.more.a].filter(Boolean)
        .reduce((text, other) => (text === other ? "" : text.split("\n" + other).join("")), row.text);
      return { own, response: row.more.r, advice: row.more.a };
    }

    const quoted = (number, text) => text && make("span", inLanguage(number), text);

    function source(list, row, name) {
      const number = list.caseOf[row], title = titled(number, anchorOf(list, row));
      return make("p.quiet", {}, ...parts(name || "in", { title, term: list.term(row).label }));
    }

    const FACE = { yes: "yes", partly: "partly" };
    const result = (term) => make("strong" + (FACE[term.id] ? "." + FACE[term.id] : ""), {}, term.label + words.colon);

    // What an entry says of its obstacle, and below it the result, then what was done.
    function outcome(list, entry, label) {
      const number = list.caseOf[entry.row], said_ = wordsOf(number, anchorOf(list, entry.row));
      const done = said_ && said_.response;
      return [
        label && make("p", {}, make("strong", {}, label + (said_ && said_.own ? ". " : "")), said_ && quoted(number, said_.own)),
        // Without words of its own, or a result, what is known of the result stands after its question.
        done && entry.result ? make("p", {}, result(entry.result), " ", quoted(number, done))
          : make("p", {}, done ? quoted(number, done + " ") : !label && said_ && quoted(number, said_.own + " "), words.worked + " ", make("strong", {}, entry.result ? entry.result.label : words.unknown)),
      ];
    }

    function lesson({ list, rows, more, known }, total) {
      const named = settings.lists.find((one) => one.list === list.name);
      return section(named.list, heading(named.heading, say("of", { num: known, total })), ...rows.map((group) => {
        const number = list.caseOf[group.entry], said_ = wordsOf(number, anchorOf(list, group.entry));
        const others = group.cases.filter((other) => other !== number);
        return make("article.claim", {}, make("h3", {}, termed(group.term), " ",
          make("span.count", {}, say("of", { num: group.cases.length, total }))),
        said_ && said_.own && make("p", inLanguage(number), said_.own), source(list, group.entry),
        others.length > 0 && group.cases.length < FEW && make("p.quiet.also", {}, words.also + " ",
          ...others.slice(0, MOST_NAMES).map((other, at) => make("span", {}, at ? "; " : "", titled(other)))));
      }), more > 0 && make("p.quiet", {}, say("less", { num: more })));
    }

    function hindered({ list, rows, more, known }, total) {
      return section(settings.obstacles.list, heading(settings.obstacles.heading, say("of", { num: known, total })), ...rows.map((group) =>
        make("article.claim", {}, make("h3", {}, termed(group.term), " ",
          make("span.count", {}, say("of", { num: group.cases.length, total }))),
        ...group.entries.map((entry) => {
          const [told, done] = outcome(list, entry, list.term(entry.row).label);
          return make("div.entry", {}, told,
            entry.tried ? done : make("p.quiet", {}, words.done + words.colon + " " + words.not_recorded),
            source(list, entry.row),
            entry.like.length > 0 && make("div.then", {}, make("p.quiet", {}, (entry.same ? words.same : words.like) + words.colon),
              ...entry.like.map((like) => make("div", {}, ...outcome(list, like), source(list, like.row, "about")))));
        }))), more > 0 && make("p.quiet", {}, say("less", { num: more })));
    }

    // All that was tried and has a result, some at a time; the words come when somebody opens the list.
    function judged({ list, tried, judged: entries }) {
      const every = make("div", {}), more = make("button", { type: "button", on: { click: () => show() } });
      let from = 0;
      function show() {
        const some = entries.slice(from, from += MOST_JUDGED), left = entries.length - from;
        const told = () => {
          every.append(...some.map((entry) => make("div.entry", {}, ...outcome(list, entry, list.term(entry.row).label), source(list, entry.row))));
          more.hidden = left <= 0;
          more.textContent = say("more", { num: Math.min(left, MOST_JUDGED) });
        };
        Promise.all(needed(some.map((entry) => list.caseOf[entry.row])).map((id) => load(settings.texts + id + ".js"))).then(told, told);
      }
      const fold = make("details", { on: { toggle: () => { if (!from) show(); } } },
        make("summary", {}, say("judged_all", { num: entries.length })), every, more);
      more.hidden = true;
      return tried > 0 && section("judged", heading(words.judged, say("of", { num: entries.length, total: tried })),
        make("p", {}, say("judged_of", { num: entries.length, total: tried })), entries.length > 0 && fold);
    }

    function advised({ list, advice }) {
      const rows = advice.map((row) => {
        const said_ = wordsOf(list.caseOf[row], anchorOf(list, row));
        return make("div.entry", {}, said_ && said_.advice && make("p", inLanguage(list.caseOf[row]), said_.advice), source(list, row, "about"));
      });
      return rows.length > 0 && section("advice", heading(words.advice), ...rows);
    }

    // How the closest began, in their own words: the field may be in no list, so its place tells.
    function began(numbers) {
      if (!settings.began) return null;
      const slug = settings.began.slug, rows = [];
      numbers.forEach((number) => (texts.get(data.cases[number][0]) || new Map()).forEach((row, anchor) => {
        if (rows.length < MOST_SHORT && row.text && (anchor === slug || anchor.startsWith(slug + "-"))) rows.push([number, anchor, row.text]);
      }));
      return rows.length > 0 && section("began", heading(words.began), ...rows.map(([number, anchor, text]) =>
        make("div.entry", {}, make("p", inLanguage(number), text), make("p.quiet", {}, ...parts("in", { title: titled(number, anchor) })))));
    }

    function asked({ list, ask }, total) {
      return ask.length > 0 && section("ask", heading(words.ask), make("p", {}, words.ask_how),
        make("ul", {}, ...ask.map(([term, num]) => make("li", {}, termed(term), " ", make("span.count", {}, say("of", { num, total }))))));
    }

    function unrecorded({ list, unrecorded: terms }) {
      const link = make("a", { href: to(settings.write) }, words.write);
      return terms.length > 0 && section("unrecorded", heading(words.unrecorded), make("p", {}, words.nobody + " ",
        ...terms.map((term, at) => make("span", {}, at ? words.comma : "", termed(term))), ". ", ...parts("help", { link })));
    }

    // The cases whose words are shown.
    function wanted(told) {
      const numbers = new Set(told.pool.slice(0, MOST_SHORT));
      told.helped.forEach(({ list, rows }) => rows.forEach((group) => numbers.add(list.caseOf[group.entry])));
      if (told.obstacles) {
        const { list, rows, advice } = told.obstacles;
        rows.forEach((group) => group.entries.forEach((entry) => [entry].concat(entry.like).forEach((one) => numbers.add(list.caseOf[one.row]))));
        advice.forEach((row) => numbers.add(list.caseOf[row]));
      }
      return Array.from(numbers).slice(0, MOST_TEXTS);
    }

    const needed = (numbers) => (settings.texts ? numbers.map((n) => data.cases[n][0]).filter((id) => !texts.has(id)) : []);

    // -- showing --

    let title = null, turn = 0, shown = null;

    function update() {
      if (location.hash === shown) return;
      shown = location.hash;
      const { chosen, gone } = read(), mine = turn += 1;
      show(chosen);
      answer.removeAttribute("data-told");
      listing.hidden = lede.hidden = chosen.length > 0;
      answer.hidden = !chosen.length && !gone.length;
      if (!chosen.length) fill(answer, ...gone.map((name) => make("p", {}, say("gone", { name }))));
      else if (lists.size) begin(chosen, gone, mine);
      else {
        status.textContent = words.loading;
        load(data.entries, data.made).then(() => begin(chosen, gone, mine), () => failed(mine, answer));
      }
    }

    // The heading of the answer; where there is none, what was chosen.
    const focus = () => (answer.hidden || !title ? selects[0] : title).focus();

    function failed(mine, where) {
      if (mine !== turn) return;
      status.textContent = words.failed;
      where.append(make("p", {}, words.failed + " ", make("button", { type: "button", on: { click: () => {
        shown = null;
        update();
        focus();
      } } }, words.again)));
    }

    function begin(chosen, gone, mine) {
      if (mine === turn) plan(chosen, (told) => { if (mine === turn) tell(told, chosen, gone, mine); });
    }

    function tell(told, chosen, gone, mine) {
      const body = make("div.told", {});
      title = make("h2", { tabindex: "-1", id: "chosen" }, capital(listOf(chosen)));
      fill(answer, make("div.asked-head", {}, title, ...gone.map((name) => make("p", {}, say("gone", { name }))), first(told, chosen)),
        nearest(told, chosen), body,
        make("p.meeting-foot", {}, ...casebook.copyLink(words), make("button", { type: "button", on: { click: () => window.print() } }, words.print)));
      status.textContent = say("first", { num: told.counts[0], what: chosen[0].said });
      const files = needed(wanted(told));
      Promise.all(files.map((id) => load(settings.texts + id + ".js").then(() => "", () => id))).then((missing) => {
        const sections = sectionsOf(told);
        // The sections are made one after another, so that the page answers between them.
        casebook.sliced(() => {
          const made = mine === turn && sections.shift()();
          if (made) body.append(made);
          return mine !== turn || !sections.length;
        }, () => {
          if (mine !== turn) return;
          answer.setAttribute("data-told", String(mine));
          if (missing.some(Boolean)) failed(mine, body);
        });
      });
    }

    // What is told after the cases: each a function that makes a section, or nothing.
    function sectionsOf(told) {
      const total = told.pool.length, about = told.obstacles;
      const base = () => (total === 1 ? words.base_one : say("base", { num: total })) +
        (total > 1 && total > told.all.length && told.missed === 1 ? " " + words.base_near : "");
      return [
        () => total > 0 && make("p", {}, base()),
        ...told.helped.map((one) => () => lesson(one, total)),
        ...(about ? [() => about.rows.length > 0 && hindered(about, total), () => judged(about), () => advised(about)] : []),
        () => began(told.pool.slice(0, MOST_CASES)),
        ...(about ? [() => asked(about, total), () => unrecorded(about)] : []),
      ];
    }

    // -- beginning --

    const values = () => selects.map((select) => select.value).filter(Boolean);
    const nothing = make("p", { role: "alert" }, words.choose);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (values().length) nothing.remove();
      else form.append(nothing);
      go(values());
      focus();
    });
    selects.forEach((select) => select.addEventListener("change", () => {
      nothing.remove();
      go(values());
    }));
    window.addEventListener("popstate", update);
    window.addEventListener("hashchange", update);
    place.append(status);
    place.after(answer);
    form.hidden = false;
    update();
  };
})();
