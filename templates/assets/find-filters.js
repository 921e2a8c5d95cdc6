// The filters of Find cases: the terms of a list, to tick. Loaded with the first that is opened.
(function () {
  "use strict";
  const casebook = window.casebook, { make } = casebook;
  const FIRST_TERMS = 12, LONG_LIST = 20;

  // How many terms of a list stand at first. Those of as many cases stay together, unless there are
  // very many.
  function firstOf(terms) {
    let end = FIRST_TERMS;
    while (end < terms.length && terms[end].count === terms[end - 1].count) end += 1;
    return end > 2 * FIRST_TERMS ? FIRST_TERMS : end;
  }

  // Fills `body` with the terms of a facet. A tick calls `toggle` with any or not, the facet, the id
  // of the term; `ids(kind)` are those chosen at present. Returns what writes the numbers beside the
  // terms, given in their order, and which are chosen: nothing under the focus is replaced.
  casebook.findFilter = function ({ facet, body, words, id, toggle, ids }) {
    const say = (name, values) => casebook.say(words[name], values);
    const rows = new Map();

    // Whether a term is chosen, or one below it.
    const isChosen = (term) => (term.below || []).some(isChosen) || ["any", "not"].some((kind) => ids(kind).includes(term.id));

    function row(term) {
      const box = make("input", { type: "checkbox", on: { change: () => toggle("any", facet, term.id) } });
      const number = make("span.count", {});
      const label = make("label", {}, box, make("span", {}, term.label), number);
      const not = make("button.not", {
        type: "button", "aria-pressed": "false", "aria-label": say("without", { name: term.label }),
        on: { click: () => toggle("not", facet, term.id) },
      }, words.not);
      const item = make("li", {}, make("div.tick", {}, label, not));
      rows.set(term.id, { term, box, number, not, item });
      if (term.below) {
        const below = make("details.below", {},
          make("summary", {}, say("all", { num: term.below.length }), make("span.hidden", {}, words.colon + " " + term.label)),
          make("ul", {}, ...term.below.map(row)));
        below.open = term.below.some(isChosen);
        item.append(below);
      }
      return item;
    }

    const items = facet.tops.map(row), first = firstOf(facet.tops);
    const rest = facet.tops.slice(first).map((term) => rows.get(term.id));
    const more = rest.length > 0 && make("button", { type: "button", on: { click: () => {
      rest.forEach(({ item }) => { item.hidden = false; });
      more.remove();
      rest[0].box.focus();
    } } }, say("all", { num: items.length }));
    rest.forEach(({ term, item }) => { item.hidden = !isChosen(term); });

    // Shows the terms that a few letters begin; groups stay where a term below them fits.
    function narrow(typed) {
      const wanted = casebook.tokens(typed);
      const fits = (term) => {
        const known = " " + casebook.tokens([term.label].concat(term.also || []).join(" ")).join(" ");
        return wanted.every((word) => known.includes(" " + word));
      };
      const holds = (term) => (term.below || []).some((other) => fits(other) || holds(other));
      rows.forEach(({ term, item }) => {
        item.hidden = !fits(term) && !holds(term);
        const fold = item.querySelector("details");
        if (fold && wanted.length) fold.open = holds(term);
      });
      if (more) more.hidden = true;
    }

    body.append(make("p.quiet", {}, words.any));
    if (facet.terms.length >= LONG_LIST) {
      body.append(make("label.hidden", { for: id }, words.find_term + words.colon + " " + facet.label),
        make("input", { type: "search", id, placeholder: words.find_term, autocomplete: "off", on: { input: (event) => narrow(event.target.value) } }));
    }
    body.append(make("ul.ticks", {}, ...items), ...(more ? [more] : []));

    return function (counts) {
      facet.terms.forEach((term, at) => {
        const own = rows.get(term.id);
        if (!own) return;
        if (own.counted !== counts[at]) {
          own.counted = own.number.textContent = counts[at];
          own.item.classList.toggle("none", !counts[at]);
        }
        own.box.checked = ids("any").includes(term.id);
        own.not.setAttribute("aria-pressed", String(ids("not").includes(term.id)));
      });
    };
  };
})();
