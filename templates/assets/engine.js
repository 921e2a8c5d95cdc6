// The engine of Find cases: sets of cases, and the address that holds a state. It knows no page, and
// no text: that is quick-search.js. The data is assets/data/cases.js, which
// generator/pages/case_index.py describes.
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

  const MANY = 1000; // of so many cases the page is shown in a task of its own
  const SLICE = 25; // milliseconds of work, so that the page answers between two slices

  // Does what is long in slices: `step` does a little of it, and is true once nothing is left.
  casebook.sliced = function (step, done) {
    const until = performance.now() + SLICE;
    while (performance.now() < until) if (step()) return done();
    return setTimeout(casebook.sliced, 0, step, done);
  };

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

    // The cases of a set in the order of titles: those that are counted, or the examples.
    const members = (bits, areCounted = true) =>
      data.order.filter((number) => number < data.counted === areCounted && has(bits, number));

    // Where a case is, or a place in it; where a term is; how words of a case in another language
    // are marked.
    const caseAddress = (number, anchor) => casebook.to(data.folder + "/" + data.cases[number][0] + ".html") +
      (anchor ? "#" + encodeURIComponent(anchor) : "");
    const termAddress = (term) => casebook.to(term.facet.address + "/" + (term.page || term.id) + ".html");
    const inLanguage = (number) => (data.cases[number][3] ? { lang: data.cases[number][3], dir: "auto" } : {});

    return {
      data, total, every, counted, facets, find, has, add, both, common, members, caseAddress, termAddress, inLanguage,
    };
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

  // ---- The data arrives ------------------------------------------------------------------------

  // The script of a page, `casebook.page`, is called with the engine once there is one.
  casebook.cases = function (data) {
    if (data.format !== 2 || !casebook.page) return;
    const ranks = casebook.ranks = []; // of cases by number: their places in the order of titles
    data.order.forEach((number, at) => { ranks[number] = at; });
    const begin = () => {
      casebook.explorer = casebook.engine(data);
      casebook.page(casebook.explorer);
    };
    // Reading the data of many cases takes long enough for one task.
    if (data.cases.length > MANY) setTimeout(begin, 0); else begin();
  };
})();
