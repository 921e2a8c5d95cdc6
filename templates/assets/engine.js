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
  const SLICE = 30; // milliseconds of work, so that the page answers between two slices
  const TITLE = 4, TERM = 2, SUMMARY = 1;

  casebook.engine = function (data) {
    const total = data.cases.length, size = (total + 31) >>> 5;
    const every = new Uint32Array(size), counted = new Uint32Array(size);
    for (let number = 0; number < total; number += 1) {
      add(every, number);
      if (number < data.counted) add(counted, number);
    }
    const facets = data.facets.map((facet) => {
      const byId = new Map();
      facet.terms.forEach((term) => {
        term.facet = facet;
        term.bits = new Uint32Array(size);
        casebook.numbers(term.in).forEach((number) => add(term.bits, number));
        term.count = common(term.bits, counted);
        byId.set(term.id, term);
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

    // Text: a line of words for each case, and one for each term.
    let cases = null, terms = null, vocabulary = null;

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

    const joined = (text) => " " + casebook.tokens(text).join(" ");

    // Folding the texts of many cases takes long: until somebody types it is done bit by bit.
    let titles = [], folded = [];

    function foldUntil(time) {
      while (folded.length < total && performance.now() < time) {
        const row = data.cases[folded.length];
        const title = joined([row[1]].concat((row[9] || []).map((translation) => translation[1])).join(" "));
        titles.push(title.length);
        folded.push(title + joined(row[2] || ""));
      }
      return folded.length === total;
    }

    function caseLines() {
      foldUntil(Infinity);
      const found = lines(folded);
      found.titles = titles;
      return found;
    }

    function prepareSlowly() {
      if (cases) return;
      if (foldUntil(performance.now() + SLICE)) prepare();
      else setTimeout(prepareSlowly, SLICE);
    }

    function termLines() {
      const every = [];
      facets.forEach((facet) => every.push(...facet.terms));
      const found = lines(every.map((term) => joined([term.label].concat(term.also || []).join(" \n "))));
      found.terms = every;
      return found;
    }

    function prepare() {
      cases = cases || caseLines();
      terms = terms || termLines();
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
        places(terms, form, (line) => found.terms.add(terms.terms[line]));
      });
      found.terms.forEach((term) => {
        for (let number = 0; number < total; number += 1) if (has(term.bits, number)) note(number, TERM);
      });
      return found;
    }

    // Words of the index that may have been meant, the most likely first.
    function near(word) {
      if (!vocabulary) {
        vocabulary = new Map();
        [cases, terms].forEach((index) => index.text.split(/[ \n]+/).forEach((known) => {
          if (known.length > 3) vocabulary.set(known, (vocabulary.get(known) || 0) + 1);
        }));
      }
      const most = word.length < 8 ? 1 : 2, found = [];
      vocabulary.forEach((times, known) => {
        if (known === word || known[0] !== word[0] || Math.abs(known.length - word.length) > most) return;
        const edits = distance(word, known, most);
        if (edits <= most) found.push([edits, -times, known]);
      });
      found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
      return found.slice(0, 3).map((item) => item[2]);
    }

    // The cases of a text: each of its words begins a word of the title, the summary, or a term.
    function search(query) {
      const words = Array.from(new Set(casebook.tokens(query)));
      if (!words.length) return null;
      prepare();
      const result = { words, bits: every, scores: new Uint16Array(total), terms: null, offers: [] };
      words.forEach((word) => {
        const found = searchWord(word);
        result.bits = both(result.bits, found.bits);
        found.scores.forEach((score, number) => { result.scores[number] += score; });
        result.terms = result.terms
          ? new Set(Array.from(result.terms).filter((term) => found.terms.has(term))) : found.terms;
        const paired = casebook.isPaired && casebook.isPaired(word);
        if (!paired && word.length > 3 && common(found.bits, counted) < FEW) {
          near(word).forEach((other) => {
            if (common(searchWord(other).bits, counted) > common(found.bits, counted)) {
              result.offers.push([word, other]);
            }
          });
        }
      });
      result.terms = Array.from(result.terms).sort((a, b) => b.count - a.count);
      return result;
    }

    function renewTerms() {
      terms = vocabulary = null;
    }

    function renewCases() {
      cases = vocabulary = null;
      titles = [];
      folded = [];
    }

    return { data, total, counted, facets, find, search, forms, prepare, prepareSlowly, renewTerms, renewCases, has, add };
  };

  // How many letters differ, are missing, are too many or are exchanged with the next; more than
  // `most` is told as `most + 1`.
  function distance(one, other, most) {
    let before = [], last = [], row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      before = last;
      last = row;
      row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
    }
    return row[other.length];
  }

  // ---- The state, and the address that holds it --------------------------------------------------

  const OWN = ["q", "sort", "view"];

  // A facet may have the name of a key of ours, or begin like one.
  const keyOf = (name) => (OWN.includes(name) || /^(not|is)\./.test(name) ? "is." + name : name);

  function encode(text) {
    return encodeURIComponent(text).replace(/[.!'()*~]/g,
      (letter) => "%" + letter.charCodeAt(0).toString(16).toUpperCase());
  }

  function decode(text) {
    try {
      return decodeURIComponent(text.replace(/\+/g, " "));
    } catch (error) {
      return text;
    }
  }

  // The state of an address; keys that are no facet's are kept as they are.
  casebook.readState = function (hash, facets) {
    const state = { q: "", sort: "", view: "", any: {}, not: {}, rest: [] };
    const names = new Map(facets.map((facet) => [keyOf(facet.name), facet.name]));
    hash.replace(/^#/, "").split("&").forEach((pair) => {
      const cut = pair.indexOf("="), key = decode(cut < 0 ? pair : pair.slice(0, cut));
      const value = cut < 0 ? "" : pair.slice(cut + 1);
      const without = key.startsWith("not.") && names.get(key.slice(4));
      const name = without || names.get(key);
      if (OWN.includes(key)) {
        state[key] = decode(value);
      } else if (name) {
        const ids = value.split(".").filter(Boolean).map(decode);
        if (ids.length) state[without ? "not" : "any"][name] = Array.from(new Set(ids));
      } else if (cut > 0) {
        state.rest.push(pair); // without a sign it is a place on the page
      }
    });
    return state;
  };

  casebook.writeState = function (state, facets) {
    const pairs = [];
    if (state.q) pairs.push("q=" + encode(state.q).replace(/%20/g, "+"));
    [["any", ""], ["not", "not."]].forEach(([kind, before]) => facets.forEach((facet) => {
      const ids = state[kind][facet.name];
      if (ids && ids.length) pairs.push(before + encode(keyOf(facet.name)).replace(/%2E/g, ".") + "=" + ids.map(encode).join("."));
    }));
    if (state.sort) pairs.push("sort=" + encode(state.sort));
    if (state.view) pairs.push("view=" + encode(state.view));
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
    casebook.explorer = casebook.engine(data);
    casebook.page(casebook.explorer);
  };
})();
