// Tables as files: loaded when somebody asks for one.
(function () {
  "use strict";
  const casebook = window.casebook;

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
})();
