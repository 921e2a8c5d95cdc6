// The quick search of Find cases: words in titles, in summaries and in the names of terms, all of
// which the page has. What else cases say is searched by search.js. It is loaded after the page.
(function () {
  "use strict";
  const casebook = window.casebook;

  const FEW = 3; // of fewer cases a word may have been typed wrongly
  const STEP = 20; // so many texts are folded before the clock is asked
  const TITLE = 4, TERM = 2, SUMMARY = 1;

  // Where texts are: one long text with a line for each, and where each begins.
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

  function lineAt(starts, place) {
    let low = 0, high = starts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= place) low = middle; else high = middle;
    }
    return low;
  }

  // What all of some words begin with.
  function sharedStart(words) {
    let length = words[0].length;
    words.forEach((word) => { while (!word.startsWith(words[0].slice(0, length))) length -= 1; });
    return words[0].slice(0, length);
  }

  // Calls `each(line, place in the line)` for the first word of each line that begins so.
  function places(index, beginnings, each) {
    const wanted = " " + sharedStart(beginnings), { text, starts } = index;
    let at = text.indexOf(wanted);
    while (at >= 0) {
      const place = at + 1;
      if (!beginnings.some((beginning) => text.startsWith(beginning, place))) {
        at = text.indexOf(wanted, place);
        continue;
      }
      const line = lineAt(starts, at);
      each(line, at - starts[line]);
      at = text.indexOf(wanted, starts[line + 1] - 1);
    }
  }

  // What a word is looked for as: itself, and without its ending.
  function forms(word) {
    const stem = casebook.stem(word);
    // A stem is sought as a beginning. One that lacks only the last e begins other words, too:
    // who types "police" does not mean "policy".
    const found = new Set(/^e{1,2}$/.test(word.slice(stem.length)) ? [word] : [word, stem]);
    if (/[^aeiou]y$/.test(stem)) found.add(stem.slice(0, -1) + "ies");
    return Array.from(found);
  }

  const joined = (text) => " " + casebook.tokens(text).join(" ");

  casebook.quickSearch = function (engine) {
    const { data, total, counted, facets, add, both, common } = engine;
    const allTerms = [].concat(...facets.map((facet) => facet.terms));
    let cases = null, terms = null, stale = true, folding = 0, turn = 0, beginning = new Map();
    const waiting = [];

    // Folding the texts of many cases takes long, so it is done in slices, and begins before
    // somebody types. What was folded before serves until all is there.
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

    function searchWord(word) {
      const bits = new Uint32Array(engine.every.length), scores = new Uint8Array(total), named = new Set();
      places(terms, forms(word), (line) => named.add(allTerms[line]));
      named.forEach((term) => term.bits.forEach((some, at) => { bits[at] |= some; }));
      for (let number = 0; named.size && number < total; number += 1) if (engine.has(bits, number)) scores[number] = TERM;
      places(cases, forms(word), (line, at) => {
        add(bits, line);
        const score = at < cases.titles[line] ? TITLE : SUMMARY;
        if (score > scores[line]) scores[line] = score;
      });
      return { bits, scores, terms: named };
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
      const result = { words, bits: engine.every, scores: null, terms: [], named: words, offers: [] };
      const named = words.map((word) => {
        const found = searchWord(word);
        result.bits = both(result.bits, found.bits);
        if (!result.scores) result.scores = Uint16Array.from(found.scores);
        else for (let number = 0; number < total; number += 1) result.scores[number] += found.scores[number];
        if (!casebook.isPaired(word) && word.length > 3 && common(found.bits, counted) < FEW) {
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

    return { search, prepare, renew };
  };

  // The parts of a text: every second one is a word, and is marked where it begins as a typed one.
  casebook.marked = function (text, typed) {
    const beginnings = [].concat(...typed.map(forms));
    return text.split(/([\p{L}\p{M}\p{N}]+)/u).map((part, at) => {
      if (at % 2 === 0) return part;
      const folded = casebook.fold(part);
      const fits = beginnings.some((word) => (casebook.isPaired(word) ? folded.includes(word) : folded.startsWith(word)));
      return fits ? casebook.make("mark", {}, part) : part;
    });
  };
})();
