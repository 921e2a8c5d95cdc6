// The results of Find cases as a table, loaded when a reader chooses it.
(function () {
  "use strict";
  const casebook = window.casebook, { make } = casebook;
  const PLACE = { start: 6, updated: 7, strength: 8 }; // of what is sorted by, in a row of the data

  // The table of the cases `numbers`, sorted by `now`. `titled` and `shown` say what a case is called
  // and what it says of a facet, `label` how that is called; a heading calls `sort` with its name.
  casebook.findTable = function ({ data, words, numbers, titled, shown, label, sort, falling, now }) {
    const names = data.above.concat(data.below);
    const columns = Object.keys(data.columns).filter((name) => data.columns[name] && !names.includes(data.columns[name]));
    const head = (name, text) => make("th", {
      scope: "col", "aria-sort": now === name && (falling.includes(name) ? "descending" : "ascending"),
    }, make("button", { type: "button", on: { click: () => sort(name) }, "data-sort": name }, text));
    const cell = (row, name) => (row[PLACE[name]] === undefined ? "" : String(row[PLACE[name]]));
    return make("div.table", { role: "region", "aria-label": words.results, tabindex: "0" }, make("table", {},
      make("thead", {}, make("tr", {}, head("title", words.title),
        ...names.map((name) => (name === data.columns.start ? head("start", label(name)) : make("th", { scope: "col" }, label(name)))),
        ...columns.map((name) => head(name, words[name])))),
      make("tbody", {}, ...numbers.map((number) => make("tr", {},
        make("th", { scope: "row" }, titled(number)),
        ...names.map((name) => make("td", {}, shown(name, number))),
        ...columns.map((name) => make("td", {}, cell(data.cases[number], name))))))));
  };
})();
