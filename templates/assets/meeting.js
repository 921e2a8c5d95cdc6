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

  const settings = JSON.parse(place.getAttribute("data-settings")), words = settings.words;

  // ---- What cases tell, without their words ------------------------------------------------------

  const lists = new Map(); // by name: the entries of all counted cases, row by row

  function readList(engine, from) {
    const facets = new Map(engine.facets.map((facet) => [facet.name, facet]));
    const list = { slug: "", key: facets.get(from.key), caseOf: casebook.numbers(from.case), rows: new Map(), anchors: from.anchors };
    const size = list.caseOf.length;
    list.termsOf = (name) => {
      const terms = Array(size).fill(null);
      (from.terms[name] || []).forEach((rows, at) => casebook.numbers(rows).forEach((row) => {
        terms[row] = terms[row] || facets.get(name).terms[at];
      }));
      return terms;
    };
    list.term = list.termsOf(from.key);
    list.caseOf.forEach((number, row) => {
      if (!list.rows.has(number)) list.rows.set(number, []);
      list.rows.get(number).push(row);
    });
    // An entry whose obstacle is unknown is among what was tried as little as on other pages.
    ["tried", "advised"].forEach((name) => {
      list[name] = new Set(casebook.numbers(from[name] || "").filter((row) => list.term[row]));
    });
    list.strength = from.strength;
    return list;
  }

  // The topmost group of a term; the term itself where it is in none.
  function top(facet, term) {
    let group = term;
    while (facet.byId.has(group.broader)) group = facet.byId.get(group.broader);
    return group;
  }

  casebook.meeting = function (engine) {
    const counted = engine.data.counted, of = settings.obstacles;
    const rowsOf = (list, number) => (list && list.rows.get(number)) || [];
    const told = new Map();
    const tells = (number) => {
      if (!told.has(number)) {
        told.set(number, settings.told.reduce((sum, name) => sum + rowsOf(lists.get(name), number).length, 0));
      }
      return told.get(number);
    };

    // The cases that fit all of what was chosen, and those that fit as much as is left.
    function fitting(chosen) {
      const by = chosen.map(() => []), fits = new Map();
      for (let number = 0; number < counted; number += 1) {
        const own = chosen.filter((one) => engine.has(one.term.bits, number));
        if (own.length) {
          fits.set(number, own);
          by[own.length - 1].push(number);
        }
      }
      by.forEach((some) => some.sort((a, b) => tells(b) - tells(a) || casebook.ranks[a] - casebook.ranks[b]));
      const all = by.pop() || [];
      const near = by.reverse().find((some, at) => some.length && (at === 0 || !all.length)) || [];
      const missed = near.length ? chosen.length - fits.get(near[0]).length : 0;
      return { all, near, missed, fits, pool: all.length >= ENOUGH ? all : all.concat(near) };
    }

    // The groups of a list, or its terms in none: of each the cases of `pool` that name it.
    function groups(list, pool) {
      const found = new Map();
      pool.forEach((number) => rowsOf(list, number).forEach((row) => {
        if (!list.term[row]) return;
        const group = top(list.key, list.term[row]);
        if (!found.has(group)) found.set(group, { term: group, cases: [], rows: [] });
        const own = found.get(group);
        if (own.cases[own.cases.length - 1] !== number) own.cases.push(number);
        own.rows.push(row);
      }));
      return Array.from(found.values()).sort((a, b) => b.cases.length - a.cases.length ||
        list.key.terms.indexOf(a.term) - list.key.terms.indexOf(b.term));
    }

    const strong = (list, row) => (list.strength[row] === "-" ? 0 : Number(list.strength[row]));

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
      return { list, rows, more: every.length - rows.length, known: pool.filter((n) => rowsOf(list, n).some((row) => list.term[row])).length };
    }

    // What got in the way. An entry without a response is followed by those of like cases.
    function obstacles(list, pool, closest, rank) {
      const results = list.termsOf(of.worked), order = of.results.map((result) => result[0]);
      const quality = (row) => (results[row] ? order.indexOf(results[row].id) : order.length);
      const better = (a, b) => quality(a) - quality(b) || rank(list.caseOf[a]) - rank(list.caseOf[b]) || a - b;
      const tried = Array.from(list.tried).sort(better);
      const every = groups(list, pool), shown = new Set();
      const first = every.filter((group) => group.cases.includes(closest));
      const filled = first.concat(every.filter((group) => !first.includes(group))).slice(0, MOST_GROUPS);
      const kept = every.filter((group) => filled.includes(group));
      kept.forEach((group) => {
        const own = group.rows.filter((row) => list.caseOf[row] === closest);
        const others = group.rows.filter((row) => list.caseOf[row] !== closest);
        const answered = others.filter((row) => list.tried.has(row)).sort(better);
        group.entries = own.concat(answered.slice(0, Math.max(0, MOST_ENTRIES - own.length)));
        if (!group.entries.length) group.entries = others.slice(0, 1);
        group.entries.forEach((row) => shown.add(row));
      });
      kept.forEach((group) => {
        group.entries = group.entries.map((row) => {
          const entry = { row, result: results[row], tried: list.tried.has(row), like: [], same: true };
          if (!entry.tried) {
            const free = tried.filter((other) => !shown.has(other) && list.caseOf[other] !== list.caseOf[row]);
            const same = free.filter((other) => list.term[other] === list.term[row]);
            const like = same.length ? same : free.filter((other) => top(list.key, list.term[other]) === group.term);
            entry.same = same.length > 0;
            entry.like = like.slice(0, MOST_LIKE).map((other) => ({ row: other, result: results[other] }));
            entry.like.forEach((other) => shown.add(other.row));
          }
          return entry;
        });
      });
      const cases = new Map();
      pool.forEach((number) => new Set(rowsOf(list, number).map((row) => list.term[row]).filter(Boolean)).forEach((term) => {
        cases.set(term, (cases.get(term) || 0) + 1);
      }));
      const named = Array.from(cases).sort((a, b) => b[1] - a[1] || list.key.terms.indexOf(a[0]) - list.key.terms.indexOf(b[0]));
      const answered = new Set(tried.map((row) => list.term[row]));
      const own = pool.reduce((rows, n) => rows.concat(rowsOf(list, n)), []).filter((row) => list.tried.has(row));
      return {
        list, rows: kept, more: every.length - kept.length, tried: own.length,
        judged: own.filter((row) => results[row]).sort(better).map((row) => ({ row, result: results[row] })),
        known: pool.filter((n) => rowsOf(list, n).some((row) => list.term[row])).length,
        advice: pool.reduce((rows, n) => rows.concat(rowsOf(list, n).filter((row) => list.advised.has(row))), []).slice(0, MOST_SHORT),
        ask: named.filter((item) => item[1] > 1).slice(0, MOST_ASKED),
        unrecorded: named.map((item) => item[0]).filter((term) => !answered.has(term)),
      };
    }

    // All that the page tells of what was chosen, as numbers of cases and rows of entries.
    function plan(chosen) {
      const found = fitting(chosen), { all, near, pool } = found;
      let left = null;
      const counts = chosen.map((one) => {
        left = (left || Array.from({ length: counted }, (_, number) => number)).filter((n) => engine.has(one.term.bits, n));
        return left.length;
      });
      const without = all.length || chosen.length < 2 ? [] : chosen.map((one) => ({
        one,
        number: Array.from({ length: counted }, (_, n) => n)
          .filter((n) => chosen.every((other) => other === one || engine.has(other.term.bits, n))).length,
      })).sort((a, b) => b.number - a.number);
      const position = new Map(all.concat(near).map((number, at) => [number, at]));
      const rank = (number) => (position.has(number) ? position.get(number) : counted + number);
      const list = of && lists.get(of.list);
      const closest = chosen.length > 1 ? pool[0] : undefined;
      return Object.assign(found, {
        closest, counts, without,
        helped: settings.lists.map((one) => one.list).filter((name) => lists.has(name) && lists.get(name).key)
          .map((name) => lessons(lists.get(name), pool, closest)).filter((one) => one.rows.length),
        obstacles: list && list.key && pool.length ? obstacles(list, pool, closest, rank) : null,
      });
    }

    return plan;
  };

  // ---- The words of a few cases ------------------------------------------------------------------

  const texts = new Map(); // by id of a case: what it says, by anchor

  casebook.searchText = function (file) {
    const rows = new Map();
    file[1].forEach((row) => { if (!rows.has(row[0])) rows.set(row[0], { text: row[1], more: row[2] || {} }); });
    texts.set(file[0], rows);
  };

  casebook.entries = function (every) {
    every.forEach((from) => lists.set(from.list, readList(casebook.explorer, from)));
    settings.lists.concat(settings.obstacles || []).forEach((one) => { if (lists.has(one.list)) lists.get(one.list).slug = one.slug; });
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
    const anchorOf = (list, row) => list.anchors[row] || list.slug + "-" + (list.term[row].page || list.term[row].id);
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
        titled(number), make("p.quiet", {}, reason(told.fits.get(number), chosen)))));
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
      return make("p.quiet", {}, ...parts(name || "in", { title, term: list.term[row].label }));
    }

    const FACE = { yes: "yes", partly: "partly" };
    const result = (term) => make("strong" + (term && FACE[term.id] ? "." + FACE[term.id] : ""), {}, (term ? term.label : words.unknown) + words.colon);

    // What an entry says of its obstacle, and below it the result, then what was done.
    function outcome(list, entry, label) {
      const number = list.caseOf[entry.row], said_ = wordsOf(number, anchorOf(list, entry.row));
      const done = said_ && said_.response;
      return [
        label && make("p", {}, make("strong", {}, label + (said_ && said_.own ? ". " : "")), said_ && quoted(number, said_.own)),
        // Without words of its own the result stands after its question.
        done ? make("p", {}, result(entry.result), " ", quoted(number, done))
          : make("p", {}, !label && said_ && quoted(number, said_.own + " "), words.worked + " ", make("strong", {}, entry.result ? entry.result.label : words.unknown)),
      ];
    }

    function lesson({ list, rows, more, known }, total) {
      const named = settings.lists.find((one) => lists.get(one.list) === list);
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
          const [told, done] = outcome(list, entry, list.term[entry.row].label);
          return make("div.entry", {}, told,
            entry.tried ? done : make("p.quiet", {}, words.done + words.colon + " " + words.not_recorded),
            source(list, entry.row),
            entry.like.length > 0 && make("div.then", {}, make("p.quiet", {}, (entry.same ? words.same : words.like) + words.colon),
              ...entry.like.map((like) => make("div", {}, ...outcome(list, like), source(list, like.row, "about")))));
        }))), more > 0 && make("p.quiet", {}, say("less", { num: more })));
    }

    // All that was tried and has a result; the words come when somebody opens the list.
    function judged({ list, tried, judged: entries }) {
      const every = make("div", {});
      const told = () => fill(every, ...entries.map((entry) => make("div.entry", {},
        ...outcome(list, entry, list.term[entry.row].label), source(list, entry.row))));
      const fold = make("details.fold", { on: { toggle: () => {
        Promise.all(needed(entries.map((entry) => list.caseOf[entry.row])).map((id) => load(settings.texts + id + ".js"))).then(told, told);
      } } }, make("summary", {}, say("judged_all", { num: entries.length })), every);
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
      if (mine !== turn) return;
      const told = plan(chosen), total = told.pool.length, body = make("div.told", {});
      title = make("h2", { tabindex: "-1", id: "chosen" }, capital(listOf(chosen)));
      fill(answer, make("div.asked-head", {}, title, ...gone.map((name) => make("p", {}, say("gone", { name }))), first(told, chosen)),
        nearest(told, chosen), body,
        make("p.meeting-foot", {}, ...casebook.copyLink(words), make("button", { type: "button", on: { click: () => window.print() } }, words.print)));
      status.textContent = say("first", { num: told.counts[0], what: chosen[0].said });
      const files = needed(wanted(told));
      Promise.all(files.map((id) => load(settings.texts + id + ".js").then(() => "", () => id))).then((missing) => {
        if (mine !== turn) return;
        const about = told.obstacles;
        fill(body, total > 0 && make("p", {}, (total === 1 ? words.base_one : say("base", { num: total })) + (total > 1 && total > told.all.length && told.missed === 1 ? " " + words.base_near : "")),
          ...told.helped.map((one) => lesson(one, total)), about && about.rows.length > 0 && hindered(about, total),
          about && judged(about), about && advised(about), began(told.pool.slice(0, MOST_CASES)), about && asked(about, total), about && unrecorded(about));
        answer.setAttribute("data-told", String(mine));
        if (missing.some(Boolean)) failed(mine, body);
      });
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
