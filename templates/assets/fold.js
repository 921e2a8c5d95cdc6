// How the search folds a text and divides it into words: generator/base/search_fold.py does the
// same, by the examples of tests/data/fold.json.
(function () {
  "use strict";
  var casebook = (window.casebook = window.casebook || {});

  // Accents of Latin, Greek and Cyrillic letters, points of Arabic, and what is not seen.
  var REMOVED = /[\u0300-\u036f\u064b-\u065f\u0670\u0640\u00ad\u200b-\u200f\u2060\ufeff]/g;
  var LETTERS = {
    "đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
    "ς": "σ", "ٱ": "ا", "ى": "ي", "ة": "ه",
  };
  var REPLACED = new RegExp("[" + Object.keys(LETTERS).join("") + "]", "g");
  // Marks are letters here, or Khmer and Hindi would be cut at every vowel sign.
  var WORD = /[\p{L}\p{M}\p{N}]+/gu;
  // Scripts without spaces: Thai, Lao, Burmese, Khmer, Kana, Han.
  var PAIRED =
    "\\u0e00-\\u0eff\\u1000-\\u109f\\ua9e0-\\ua9ff\\uaa60-\\uaa7f\\u1780-\\u17ff" +
    "\\u3005\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  var RUNS = new RegExp("[" + PAIRED + "]+|[^" + PAIRED + "]+", "gu");
  var IS_PAIRED = new RegExp("^[" + PAIRED + "]", "u");
  var ASCII = /^[\x00-\x7f]*$/;

  casebook.fold = function (text) {
    if (ASCII.test(text)) return text.toLowerCase();
    var apart = text.toLowerCase().normalize("NFKD").toLowerCase();
    return apart.replace(REMOVED, "").normalize("NFC").replace(REPLACED, function (letter) {
      return LETTERS[letter];
    });
  };

  casebook.isPaired = function (token) {
    return IS_PAIRED.test(token);
  };

  casebook.tokens = function (text) {
    var tokens = [];
    (casebook.fold(text).match(WORD) || []).forEach(function (word) {
      (word.match(RUNS) || []).forEach(function (run) {
        var letters = Array.from(run);
        if (letters.length < 2 || !IS_PAIRED.test(run)) {
          tokens.push(run);
          return;
        }
        for (var at = 0; at + 1 < letters.length; at += 1) tokens.push(letters[at] + letters[at + 1]);
      });
    });
    return tokens;
  };

  // A word without its English or French ending: words with one stem are one word to a reader.
  casebook.stem = function (word) {
    if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
    var stem = word;
    if (/[^aeo]ies$/.test(stem) && stem.length > 4) stem = stem.slice(0, -3) + "y";
    else if (/aux$/.test(stem) && stem.length > 4) stem = stem.slice(0, -3) + "al";
    else if (/[^sui]s$/.test(stem)) stem = stem.slice(0, -1);
    if (/(ing|ed)$/.test(stem)) {
      var root = stem.replace(/(ing|ed)$/, "");
      if (root.length > 3) stem = root;
    }
    return stem.length > 4 ? stem.replace(/e{1,2}$/, "") : stem;
  };

  // The edits between two words, swaps among them; more than `most` is too many.
  casebook.distance = function (a, b, most) {
    var before = [], row = [], next, i, j;
    for (j = 0; j <= b.length; j += 1) row.push(j);
    for (i = 1; i <= a.length; i += 1) {
      next = [i];
      var least = i;
      for (j = 1; j <= b.length; j += 1) {
        var cost = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        next.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[b.length];
  };
})();
