// Full text: finds cases by words of all that they say, from the files in assets/search/.
//
// casebook.search(query, done) calls done({cases: [[number, score, sentence]…], suggestions: […]}),
// the best case first: once as soon as cases are known, and once with the sentences of the first ten
// and with suggestions: queries spelled otherwise. A sentence is [anchor, pieces] or null; every
// second piece is a word that was found. A later search silences an earlier one.
// casebook.sentence(query, number, done) gives the sentence of another case.
(function () {
  "use strict";
  var casebook = (window.casebook = window.casebook || {});

  var SHOWN = 10; // so many cases get their sentences at once
  var MOST_SHARDS = 4; // for each word
  var MOST_WORDS = 12;
  var FEW = 3; // a word in fewer cases may be a typing error
  var LONG = 240; // a longer sentence is cut
  var EXACT = 10, ENDING = 8, BEGINNING = 5;
  var OF_PART = { title: 8, terms: 5, summary: 4, claims: 3, body: 1 };
  var DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  var VALUES = {};
  for (var at = 0; at < DIGITS.length; at += 1) VALUES[DIGITS[at]] = at;

  // ---- loading: a file is a script that hands its value over ------------------------------------

  var arrived = {}, shards = [], texts = Object.create(null);
  var load = (path, version) => casebook.load("assets/search/" + path, version);

  casebook.searchIndex = (value) => { arrived.index = value; };
  casebook.searchWords = (value) => { arrived.words = value; };
  casebook.searchShard = (value) => { shards[value[0]] = value[1]; };
  casebook.searchText = (value) => { texts[value[0]] = value[1]; };

  function index() {
    // Its numbers of cases are those of the page's data, so both are of one edition.
    var own = casebook.explorer && casebook.explorer.data;
    return load("index.js", own && own.made).then(() => arrived.index);
  }

  // ---- which words were typed, and which words of the index are meant ---------------------------

  function typedWords(query) {
    var words = casebook.tokens(query).filter((word) => word.length > 1 || casebook.isPaired(word));
    return Array.from(new Set(words)).slice(0, MOST_WORDS);
  }

  // Of writing without spaces a pair is a word, and one letter is the beginning of one. A short
  // word such as `of` is meant as it stands, unless it is the last: then more may be coming.
  function likeness(typed, word, isLast) {
    if (word === typed) return EXACT;
    if (casebook.isPaired(typed)) {
      return Array.from(typed).length === 1 && word.startsWith(typed) ? BEGINNING : 0;
    }
    if (casebook.stem(word) === casebook.stem(typed)) return ENDING;
    return (isLast || typed.length > 3) && word.startsWith(typed) ? BEGINNING : 0;
  }

  function sharedStart(typed) {
    var stem = casebook.stem(typed), length = 0;
    while (length < stem.length && stem[length] === typed[length]) length += 1;
    return typed.slice(0, length);
  }

  // The shard in which a word would stand; -1 before the first.
  function shardOf(starts, word) {
    var low = 0, high = starts.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (starts[middle] <= word) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function shardsBeginning(starts, beginning) {
    var numbers = [], number = Math.max(shardOf(starts, beginning), 0);
    while (number < starts.length && numbers.length < MOST_SHARDS) {
      if (starts[number] > beginning && !starts[number].startsWith(beginning)) break;
      numbers.push(number);
      number += 1;
    }
    return numbers;
  }

  function shardsFor(starts, typed) {
    var numbers = shardsBeginning(starts, typed);
    if (!casebook.isPaired(typed)) numbers = numbers.concat(shardsBeginning(starts, sharedStart(typed)));
    return Array.from(new Set(numbers)).slice(0, MOST_SHARDS);
  }

  // ---- postings ---------------------------------------------------------------------------------

  function rowsOf(number) {
    if (typeof shards[number] === "string") {
      shards[number] = shards[number].split(" ").map((row) => row.split("="));
    }
    return shards[number] || [];
  }

  function eachCase(postings, weighs, take) {
    postings.split(".").forEach((group) => {
      var worth = weighs[VALUES[group[0]]] * (4 + VALUES[group[1]]);
      var number = -1, value = 0, shift = 0;
      for (var place = 2; place < group.length; place += 1) {
        var digit = VALUES[group[place]];
        value |= (digit & 31) << shift;
        if (digit & 32) { shift += 5; continue; }
        number += value;
        take(number, worth);
        value = shift = 0;
      }
    });
  }

  // By the parts of a case that have a word: what that is worth, for each set of parts.
  function worthOfParts(fields) {
    var worth = [];
    for (var mask = 0; mask < 1 << fields.length; mask += 1) {
      worth.push(fields.reduce((sum, field, bit) => {
        return mask & (1 << bit) ? sum + OF_PART[field] : sum;
      }, 0));
    }
    return worth;
  }

  // What each case is worth for one typed word: the best of the words that may be meant.
  function casesFor(typed, isLast, numbers, weighs) {
    var best = new Map();
    numbers.map(rowsOf).flat().forEach((row) => {
      var like = likeness(typed, row[0], isLast);
      if (like) eachCase(row[1], weighs, (id, worth) => {
        best.set(id, Math.max(best.get(id) || 0, like * worth));
      });
    });
    return best;
  }

  function ranked(perWord, n) {
    var first = perWord[0], cases = [];
    first.forEach((_worth, number) => {
      var score = 0;
      for (var place = 0; place < perWord.length; place += 1) {
        var worth = perWord[place].get(number);
        if (worth === undefined) return;
        // Whole numbers: a rounding error must not order cases on one device alone.
        score += worth * Math.round(8 * Math.log(1 + n / perWord[place].size));
      }
      cases.push([number, score, null]);
    });
    var ranks = casebook.ranks || [];
    return cases.sort((a, b) => b[1] - a[1] || ranks[a[0]] - ranks[b[0]] || a[0] - b[0]);
  }

  // ---- typing errors ----------------------------------------------------------------------------

  function knownWords() {
    if (typeof arrived.words === "string") {
      var last = "";
      arrived.words = (arrived.words ? arrived.words.split(" ") : []).map((row) => {
        last = last.slice(0, VALUES[row[0]]) + row.slice(2);
        return [last, VALUES[row[1]]];
      });
    }
    return arrived.words || [];
  }

  function nearWords(typed, cases) {
    if (casebook.isPaired(typed) || typed.length < 4) return [];
    var most = typed.length < 8 ? 1 : 2, found = [];
    knownWords().forEach((known) => {
      var word = known[0];
      if (word[0] !== typed[0] || Math.abs(word.length - typed.length) > most) return;
      // A word that is as rare is no better guess.
      if (word === typed || 2 ** known[1] <= cases) return;
      var edits = casebook.distance(typed, word, most);
      if (edits <= most) found.push([edits, -known[1], word]);
    });
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
    return found.slice(0, 3).map((near) => near[2]);
  }

  function suggested(typed, perWord) {
    var queries = [];
    typed.forEach((word, place) => {
      if (perWord[place].size >= FEW) return;
      nearWords(word, perWord[place].size).forEach((near) => {
        queries.push(typed.slice(0, place).concat(near, typed.slice(place + 1)).join(" "));
      });
    });
    return queries.slice(0, 3);
  }

  // ---- the sentence that matched ----------------------------------------------------------------

  var WORD = /[\p{L}\p{M}\p{N}\u00ad\u200b-\u200f\u2060]+/gu;
  var STOP = ".!?\\u3002\\uff01\\uff1f\\u0964\\u104b\\u17d4\\u1362";
  var SENTENCE = new RegExp("(?:[^\\n" + STOP + "]|[.](?=\\S))+[" + STOP + "]*", "gu");

  // The parts of a word to be marked, as [start, end, which words were typed].
  function marksIn(word, start, typed, runs) {
    var own = casebook.tokens(word), hits = [];
    typed.forEach((one, number) => {
      var isLast = number + 1 === typed.length;
      if (casebook.isPaired(one)) return;
      if (own.some((token) => likeness(one, token, isLast) > 0)) hits.push(number);
    });
    var marks = hits.length ? [[start, start + word.length, hits]] : [];
    var folded = "", from = [], place = 0;
    if (!runs.length) return marks;
    Array.from(word).forEach((letter) => {
      var parts = casebook.fold(letter);
      for (var n = 0; n < parts.length; n += 1) from.push(place);
      folded += parts;
      place += letter.length;
    });
    from.push(place);
    runs.forEach((run) => {
      var found = folded.indexOf(run.text);
      if (found >= 0) marks.push([start + from[found], start + from[found + run.text.length], run.typed]);
    });
    return marks;
  }

  // The runs of writing without spaces in a query, each with the numbers of its pairs.
  function runsOf(query, typed) {
    return (casebook.fold(query).match(WORD) || []).filter(casebook.isPaired).map((run) => {
      var pairs = casebook.tokens(run).map((pair) => typed.indexOf(pair));
      return { text: run, typed: pairs.filter((n) => n >= 0) };
    });
  }

  function marked(sentence, typed, runs) {
    var marks = [], word;
    WORD.lastIndex = 0;
    while ((word = WORD.exec(sentence))) marks = marks.concat(marksIn(word[0], word.index, typed, runs));
    marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return marks.filter((mark, place) => !place || mark[0] >= marks[place - 1][1]);
  }

  // How much a sentence shows: the words it has, then how many stand side by side as typed.
  function showing(marks) {
    var seen = {}, side = 0;
    marks.forEach((mark, place) => {
      mark[2].forEach((number) => { seen[number] = true; });
      if (place && mark[0] - marks[place - 1][1] <= 2 && mark[2][0] === marks[place - 1][2][0] + 1) side += 1;
    });
    return Object.keys(seen).length * 16 + Math.min(side, 15);
  }

  function pieces(sentence, marks) {
    var start = 0, end = sentence.length;
    if (sentence.length > LONG) {
      start = Math.max(0, marks[0][0] - LONG / 4);
      while (start > 0 && /\S/.test(sentence[start - 1]) && marks[0][0] - start < LONG / 2) start -= 1;
      end = Math.max(Math.min(sentence.length, start + LONG), marks[0][1]);
      while (end < sentence.length && /\S/.test(sentence[end]) && end - start < LONG * 1.2) end += 1;
    }
    var out = [], place = start;
    marks.forEach((mark) => {
      if (mark[1] > end || mark[0] < place) return;
      out.push(sentence.slice(place, mark[0]), sentence.slice(mark[0], mark[1]));
      place = mark[1];
    });
    out.push(sentence.slice(place, end));
    if (start > 0) out[0] = "… " + out[0].replace(/^\s+/, "");
    if (end < sentence.length) out[out.length - 1] += " …";
    return out;
  }

  function words(row) {
    var more = row[2] || {};
    return [row[1], more.r, more.a].concat((more.t || []).map((pair) => pair[1])).join("\n");
  }

  function bestSentence(rows, query) {
    var typed = typedWords(query), runs = runsOf(query, typed), best = null;
    rows.forEach((row) => {
      (words(row).match(SENTENCE) || []).forEach((part) => {
        var sentence = part.trim(), marks = marked(sentence, typed, runs);
        // A card has the summary already.
        var worth = marks.length ? showing(marks) + (row[0] && sentence.length > 40 ? 0.5 : 0) : 0;
        if (worth && (!best || worth > best.worth)) {
          best = { worth: worth, anchor: row[0], sentence: sentence, marks: marks };
        }
      });
    });
    return best && [best.anchor, pieces(best.sentence, best.marks)];
  }

  casebook.sentence = (query, number, done) => {
    index().then((known) => {
      var name = known.texts[number];
      if (name === undefined) return null;
      return load("text/" + name + ".js").then(() => {
        return bestSentence(texts[name] || [], query);
      });
    }).catch(() => null).then(done);
  };

  // ---- a search ---------------------------------------------------------------------------------

  function find(query) {
    var typed = typedWords(query);
    if (!typed.length) return Promise.resolve({ cases: [] });
    return index().then((known) => {
      var own = casebook.explorer;
      if (!known.starts.length || (own && own.total !== known.n)) return { cases: [] };
      var wanted = typed.map((word) => shardsFor(known.starts, word));
      var files = wanted.flat().map((number) => load("s" + number + ".js", known.versions[number]));
      return Promise.all(files).then(() => {
        var weighs = worthOfParts(known.fields);
        var last = typed.length - 1;
        var perWord = typed.map((word, at) => casesFor(word, at === last, wanted[at], weighs));
        var rare = perWord.some((best) => best.size < FEW);
        return { cases: ranked(perWord, known.n), offers: rare && (() => suggested(typed, perWord)) };
      });
    });
  }

  // Typing errors need the list of all words, so the cases that were found do not wait for it.
  function suggestions(found) {
    if (!found.offers) return Promise.resolve([]);
    return index().then((known) => load("words.js", known.words)).then(found.offers).catch(() => []);
  }

  var turn = 0;

  casebook.search = (query, done) => {
    var mine = (turn += 1);
    var answer = (result) => { if (mine === turn) done(result); };
    find(query).then((found) => {
      var result = { cases: found.cases, suggestions: [] };
      var first = result.cases.slice(0, SHOWN);
      if (first.length) answer(result);
      var waiting = first.map((hit) => new Promise((resolve) => {
        casebook.sentence(query, hit[0], (sentence) => { hit[2] = sentence; resolve(); });
      }));
      waiting.push(suggestions(found).then((offers) => { result.suggestions = offers; }));
      return Promise.all(waiting).then(() => answer(result));
    }, () => answer({ cases: [], suggestions: [], failed: true }));
  };

  // This script is loaded when somebody is about to type: the index is needed next.
  index().catch(() => {});
})();
