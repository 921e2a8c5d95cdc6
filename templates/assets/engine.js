// The engine of Find cases: sets of cases, the text search, the address that holds a state, CSV.
// It knows no page. The data is assets/data/cases.js, which generator/pages/case_index.py describes.
(function () {
  "use strict";
  if (!("noModule" in document.createElement("script")) || !window.Uint32Array) return;
  const casebook = (window.casebook = window.casebook || {});

  // ---- Sets of numbers -------------------------------------------------------------------------

  const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  const VALUE = new Uint8Array(128);
  for (let at = 0; at < 64; at += 1) VALUE[DIGITS.charCodeAt(at)] = at;

  // The numbers that a text of gaps stands for.
  casebook.numbers = function (text) {
    const numbers = [];
    let last = -1, gap = 0, shift = 0;
    for (let at = 0; at < text.length; at += 1) {
      const value = VALUE[text.charCodeAt(at)];
      gap += (value & 31) * Math.pow(2, shift);
      shift += 5;
      if (value < 32) {
        last += gap;
        numbers.push(last);
        gap = shift = 0;
      }
    }
    return numbers;
  };

  const add = (bits, number) => { bits[number >>> 5] |= 1 << (number & 31); };
  const has = (bits, number) => (bits[number >>> 5] >>> (number & 31)) & 1;

  // How many bits two sets have in common.
  function common(one, other) {
    let sum = 0;
    for (let at = 0; at < one.length; at += 1) {
      let bits = one[at] & other[at];
      if (bits === 0) continue;
      bits -= (bits >>> 1) & 0x55555555;
      bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
      sum += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return sum;
  }

  function both(one, other) {
    return one.map((bits, at) => bits & other[at]);
  }

  // ---- The engine ------------------------------------------------------------------------------

  const FEW = 3; // of fewer cases a word may have been typed wrongly
  const SLICE = 25; // milliseconds of work, so that the page answers between two slices
  const STEP = 20; // so many texts are folded before the clock is asked

  // Does what is long in slices: `step` does a little of it, and is true once nothing is left.
  casebook.sliced = function (step, done) {
    const until = performance.now() + SLICE;
    while (performance.now() < until) if (step()) return done();
    return setTimeout(casebook.sliced, 0, step, done);
  };
  const TITLE = 4, TERM = 2, SUMMARY = 1;

  casebook.engine = function (data) {
    const total = data.cases.length, size = (total + 31) >>> 5;
    const every = new Uint32Array(size), counted = new Uint32Array(size);
    for (let number = 0; number < total; number += 1) {
      add(every, number);
      if (number < data.counted) add(counted, number);
    }
    // The cases of a term are decoded when they are first asked for: few terms of a page are.
    const once = (name, make) => ({ configurable: true, get() {
      Object.defineProperty(this, name, { value: make(this) });
      return this[name];
    } });
    const late = {
      bits: once("bits", (term) => {
        const bits = new Uint32Array(size);
        casebook.numbers(term.in).forEach((number) => add(bits, number));
        return bits;
      }),
      count: once("count", (term) => common(term.bits, counted)),
    };
    const facets = data.facets.map((facet) => {
      const byId = new Map();
      facet.terms.forEach((term) => {
        term.facet = facet;
        byId.set(term.id, Object.defineProperties(term, late));
      });
      facet.terms.forEach((term) => {
        const parent = byId.get(term.broader);
        if (parent) (parent.below = parent.below || []).push(term);
      });
      facet.tops = facet.terms.filter((term) => !byId.has(term.broader));
      facet.byId = byId;
      return facet;
    });

    // The cases that name any of some terms; null where none of them is a term.
    function union(facet, ids) {
      const known = (ids || []).map((id) => facet.byId.get(id)).filter(Boolean);
      if (!known.length) return null;
      const bits = new Uint32Array(size);
      known.forEach((term) => term.bits.forEach((some, at) => { bits[at] |= some; }));
      return bits;
    }

    // What a state finds: any of the terms within a facet, all facets, without some terms, and the
    // cases of the text. `allowing(facet)` are the cases that fit all but the facet's own choice.
    function find(state, text) {
      const filters = [];
      if (text) filters.push({ kind: "q", bits: text });
      facets.forEach((facet) => {
        const any = union(facet, state.any[facet.name]);
        if (any) filters.push({ kind: "any", facet, bits: any });
        const not = union(facet, state.not[facet.name]);
        if (not) filters.push({ kind: "not", facet, bits: not.map((bits, at) => every[at] & ~bits) });
      });
      const before = [every];
      filters.forEach((filter, at) => before.push(both(before[at], filter.bits)));
      let after = every;
      const others = new Map();
      for (let at = filters.length - 1; at >= 0; at -= 1) {
        filters[at].others = both(before[at], after);
        after = both(after, filters[at].bits);
        if (filters[at].kind === "any") others.set(filters[at].facet.name, filters[at].others);
      }
      const bits = before[filters.length];
      return {
        bits,
        count: common(bits, counted),
        filters: filters.map((filter) => ({
          kind: filter.kind, facet: filter.facet, count: common(filter.others, counted),
        })),
        counts: (facet) => {
          const allowed = both(others.get(facet.name) || bits, counted);
          return facet.terms.map((term) => common(term.bits, allowed));
        },
      };
    }

    // Text: a line of words for each case, and one for each term. Folding the texts of many cases
    // takes long, so it is done in slices, and begins before somebody types.
    const allTerms = [].concat(...facets.map((facet) => facet.terms));
    const joined = (text) => " " + casebook.tokens(text).join(" ");
    let cases = null, terms = null, stale = true, folding = 0, turn = 0, beginning = new Map();
    const waiting = [];

    function lines(texts) {
      const starts = new Uint32Array(texts.length + 1);
      let end = 0;
      texts.forEach((text, at) => {
        starts[at] = end;
        end += text.length + 1;
      });
      starts[texts.length] = end;
      return { text: texts.join("\n"), starts };
    }

    // Folds what is new, in slices; what was folded before serves until all is there.
    function foldTexts() {
      const mine = (turn += 1), titles = [], ofCases = [], ofTerms = [];
      const title = (row) => [row[1]].concat((row[9] || []).map((translation) => translation[1])).join(" ");
      folding = mine;
      casebook.sliced(() => {
        for (let at = 0; at < STEP; at += 1) {
          if (mine !== turn) return true;
          if (stale && ofCases.length < total) {
            const row = data.cases[ofCases.length], first = joined(title(row));
            titles.push(first.length);
            ofCases.push(first + joined(row[2] || ""));
          } else if (ofTerms.length < allTerms.length) {
            const term = allTerms[ofTerms.length];
            ofTerms.push(joined([term.label].concat(term.also || []).join(" \n ")));
          } else return true;
        }
        return false;
      }, () => {
        if (mine !== turn) return; // a later one does it all
        if (stale) cases = Object.assign(lines(ofCases), { titles });
        terms = lines(ofTerms);
        beginning = new Map();
        stale = false;
        folding = 0;
        waiting.splice(0).forEach((done) => done());
      });
    }

    // Calls `done` once texts can be searched: at once, or after some slices of work.
    function prepare(done) {
      if (cases) return done();
      waiting.push(done);
      if (!folding) foldTexts();
    }

    // Other words of terms have come, or the summaries of cases; calls `done` once they are found.
    function renew(what, done) {
      if (what === "cases") stale = true;
      waiting.push(done);
      foldTexts();
    }

    // Calls `each(line, place in the line)` for the first place of a word's beginning in each line.
    function places(index, word, each) {
      const wanted = " " + word;
      let at = index.text.indexOf(wanted);
      while (at >= 0) {
        let low = 0, high = index.starts.length - 1;
        while (high - low > 1) {
          const middle = (low + high) >>> 1;
          if (index.starts[middle] <= at) low = middle; else high = middle;
        }
        each(low, at - index.starts[low]);
        at = index.text.indexOf(wanted, index.starts[low + 1] - 1);
      }
    }

    // What a word is looked for as: itself, and without its ending.
    function forms(word) {
      const stem = casebook.stem ? casebook.stem(word) : word;
      // A stem is sought as a beginning. One that lacks only the last e begins other words, too:
      // who types "police" does not mean "policy".
      const forms = new Set(/^e{1,2}$/.test(word.slice(stem.length)) ? [word] : [word, stem]);
      if (/[^aeiou]y$/.test(stem)) forms.add(stem.slice(0, -1) + "ies");
      return Array.from(forms);
    }

    function searchWord(word) {
      const found = { bits: new Uint32Array(size), scores: new Uint8Array(total), terms: new Set() };
      const note = (number, score) => {
        add(found.bits, number);
        found.scores[number] = Math.max(found.scores[number], score);
      };
      forms(word).forEach((form) => {
        places(cases, form, (line, at) => note(line, at < cases.titles[line] ? TITLE : SUMMARY));
        places(terms, form, (line) => found.terms.add(allTerms[line]));
      });
      found.terms.forEach((term) => {
        for (let number = 0; number < total; number += 1) if (has(term.bits, number)) note(number, TERM);
      });
      return found;
    }

    // The words of the texts that begin with a letter, each with how often it stands there.
    function wordsWith(letter) {
      if (!beginning.has(letter)) {
        const times = new Map(), pattern = new RegExp(" (" + letter + "[^ \\n]{3,})", "g");
        [cases.text, terms.text].forEach((text) => {
          for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
            times.set(match[1], (times.get(match[1]) || 0) + 1);
          }
        });
        beginning.set(letter, times);
      }
      return beginning.get(letter);
    }

    // Words that may have been meant, the most likely first. Nobody mistypes the first letter.
    function near(word) {
      const most = word.length < 8 ? 1 : 2, found = [];
      wordsWith(word[0]).forEach((number, known) => {
        if (known === word || Math.abs(known.length - word.length) > most) return;
        const edits = casebook.distance(word, known, most);
        if (edits <= most) found.push([edits, -number, known]);
      });
      found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
      return found.slice(0, 3).map((item) => item[2]);
    }

    // The cases of a text: each of its words begins a word of the title, the summary, or a term.
    // `terms` are those of all words, else those of the last, and `named` are the words they name.
    // Texts must be prepared.
    function search(query) {
      const words = Array.from(new Set(casebook.tokens(query)));
      if (!words.length) return null;
      const result = { words, bits: every, scores: new Uint16Array(total), terms: [], named: words, offers: [] };
      const named = words.map((word) => {
        const found = searchWord(word);
        result.bits = both(result.bits, found.bits);
        found.scores.forEach((score, number) => { result.scores[number] += score; });
        const paired = casebook.isPaired && casebook.isPaired(word);
        if (!paired && word.length > 3 && common(found.bits, counted) < FEW) {
          near(word).forEach((other) => {
            if (common(searchWord(other).bits, counted) > common(found.bits, counted)) {
              result.offers.push([word, other]);
            }
          });
        }
        return found.terms;
      });
      const shared = (sets) => Array.from(sets[0]).filter((term) => sets.every((set) => set.has(term)));
      result.terms = shared(named);
      if (!result.terms.length) {
        result.terms = shared(named.slice(-1));
        result.named = words.slice(-1);
      }
      // Those that are called so come before those with such a synonym.
      const called = (term) => result.named.every((word) => joined(term.label).includes(" " + word));
      const firsts = new Set(result.terms.filter(called));
      result.terms.sort((a, b) => firsts.has(b) - firsts.has(a) || b.count - a.count);
      return result;
    }

    // The cases of a set in the order of titles: those that are counted, or the examples.
    const members = (bits, areCounted = true) =>
      data.order.filter((number) => number < data.counted === areCounted && has(bits, number));

    // Where a case is, or a place in it; where a term is; how words of a case in another language
    // are marked.
    const caseAddress = (number, anchor) => casebook.to(data.folder + "/" + data.cases[number][0] + ".html") +
      (anchor ? "#" + encodeURIComponent(anchor) : "");
    const termAddress = (term) => casebook.to(term.facet.address + "/" + (term.page || term.id) + ".html");
    const inLanguage = (number) => (data.cases[number][3] ? { lang: data.cases[number][3], dir: "auto" } : {});

    return { data, total, counted, facets, find, search, forms, prepare, renew, has, add, members, caseAddress, termAddress, inLanguage };
  };

  // ---- The state, and the address that holds it --------------------------------------------------

  const OWN = ["q", "sort", "view"];

  // A facet may have the name of a key of ours, or begin like one.
  const keyOf = (name) => (OWN.includes(name) || /^(not|is)\./.test(name) ? "is." + name : name);

  // The state of an address; keys that are no facet's are kept as they are.
  casebook.readState = function (hash, facets) {
    const state = { q: "", sort: "", view: "", any: {}, not: {}, rest: [] };
    const names = new Map(facets.map((facet) => [keyOf(facet.name), facet.name]));
    hash.replace(/^#/, "").split("&").forEach((pair) => {
      const cut = pair.indexOf("="), key = casebook.decode(cut < 0 ? pair : pair.slice(0, cut));
      const value = cut < 0 ? "" : pair.slice(cut + 1);
      const without = key.startsWith("not.") && names.get(key.slice(4));
      const name = without || names.get(key);
      if (OWN.includes(key)) {
        state[key] = casebook.decode(value);
      } else if (name) {
        const ids = value.split(".").filter(Boolean).map(casebook.decode);
        if (ids.length) state[without ? "not" : "any"][name] = Array.from(new Set(ids));
      } else if (cut > 0) {
        state.rest.push(pair); // without a sign it is a place on the page
      }
    });
    return state;
  };

  casebook.writeState = function (state, facets) {
    const pairs = [];
    if (state.q) pairs.push("q=" + casebook.encode(state.q).replace(/%20/g, "+"));
    [["any", ""], ["not", "not."]].forEach(([kind, before]) => facets.forEach((facet) => {
      const ids = state[kind][facet.name];
      if (ids && ids.length) pairs.push(before + casebook.encode(keyOf(facet.name)).replace(/%2E/g, ".") + "=" + ids.map(casebook.encode).join("."));
    }));
    if (state.sort) pairs.push("sort=" + casebook.encode(state.sort));
    if (state.view) pairs.push("view=" + casebook.encode(state.view));
    return "#" + pairs.concat(state.rest).join("&");
  };

  // ---- CSV -------------------------------------------------------------------------------------

  // What a spreadsheet may take for a formula gets a ' before it, as generator/exports/tables.py
  // does: at the start of a cell, and where a cell may be split.
  const FORMULA = new RegExp(
    "(^|\\r\\n|[;\\t\\r\\n\\v\\f\\x85\\u2028\\u2029])([\\s\"'\\u200b-\\u200f\\u2060\\ufeff]*)" +
    "(?=[=+\\-@|%\\uff1d\\uff0b\\uff0d\\uff20\\ufe62\\ufe63\\ufe66\\ufe6b\\u2212])", "g");

  casebook.csv = function (rows) {
    const cell = (value) => {
      const text = String(value).replace(FORMULA, "$1'$2");
      return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    };
    return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
  };

  // ---- The data arrives ------------------------------------------------------------------------

  // The script of a page, `casebook.page`, is called with the engine once there is one.
  casebook.cases = function (data) {
    if (data.format !== 2 || !casebook.page) return;
    const ranks = casebook.ranks = []; // of cases by number: their places in the order of titles
    data.order.forEach((number, at) => { ranks[number] = at; });
    casebook.explorer = casebook.engine(data);
    casebook.page(casebook.explorer);
  };
})();
