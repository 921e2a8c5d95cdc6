// The page of a case: its link, print, the reader's list, and the other results of a search that it
// was found by. Find cases hands these over in the address, so nothing has to be loaded:
//   #from=<state of Find cases>&at=<place>.<of how many>&in=<ids>&no=<place of the first id>
(function () {
  "use strict";
  const casebook = window.casebook, tools = document.getElementById("tools");
  if (!casebook || !casebook.make || !tools) return;
  const { make, say, decode } = casebook;
  const { id, library } = tools.dataset;

  // Whether the list that my-cases.js keeps has this case; unknown where the browser forbids to look.
  function isKept() {
    try {
      const kept = JSON.parse(localStorage.getItem("casebook:" + library + ":v1"));
      return Boolean(kept) && Array.isArray(kept.ids) && kept.ids.includes(id);
    } catch (error) {
      return false;
    }
  }

  const list = make("a", { href: tools.dataset.list, dir: "auto" });
  function showKept() {
    list.textContent = isKept() ? tools.dataset.kept : tools.dataset.add;
  }

  const words = { link: tools.dataset.link, copied: tools.dataset.copied };
  const print = make("button", { type: "button", on: { click: () => window.print() } }, tools.dataset.print);
  tools.append(...casebook.copyLink(words, () => location.href.replace(/#from=.*$/, "")), print, list);
  showKept();
  tools.hidden = false;
  window.addEventListener("pageshow", showKept);
  window.addEventListener("storage", showKept);

  // What a term means, beside its word; the definitions of all terms are loaded with the first.
  const told = new Map();
  casebook.definitions = (facets) => facets.forEach(([folder, terms]) => Object.entries(terms).forEach(([page, text]) => {
    told.set(casebook.to(folder + "/" + page + ".html"), text);
  }));

  function define(link) {
    const note = make("p.quiet.definition", { hidden: true });
    const button = make("button.define", { type: "button", "aria-expanded": "false", "aria-label": say(tools.dataset.means, { term: link.textContent }), on: { click: () => {
      casebook.load("assets/data/definitions.js").then(() => {
        casebook.fill(note, make("strong", {}, link.textContent + ". "), told.get(link.href) || tools.dataset.undefined);
        note.hidden = !note.hidden;
        button.setAttribute("aria-expanded", String(!note.hidden));
      }, () => { location.href = link.href; });
    } } }, "?");
    link.parentNode.after(" ", button);
    link.closest("p").after(note);
  }

  document.querySelectorAll(".main .claims > li > p:first-child > strong:first-child > a").forEach(define);

  // What is folded is printed, too, and folds again after it.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("main details:not([open]):not(.jump):not(.missing)"));
    folded.forEach((fold) => { fold.open = true; });
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((fold) => { fold.open = false; });
    folded = [];
  });

  // The results before and after this one.
  const given = new Map(location.hash.slice(1).split("&").map((pair) => pair.split("=")));
  const results = document.getElementById("results");
  if (!results || !given.has("from")) return;
  const [at, of] = (given.get("at") || "").split(".").map(Number);
  const ids = (given.get("in") || "").split(".").map(decode), first = Number(given.get("no"));
  const here = ids[at - first] === id;
  const link = (place, name, rel) => {
    const other = here && ids[place - first];
    if (!other) return null;
    const hash = "#from=" + given.get("from") + "&at=" + place + "." + of + "&in=" + given.get("in") + "&no=" + first;
    return make("a", { href: encodeURIComponent(other) + ".html" + hash, rel, dir: "auto" }, name);
  };
  const back = make("a", { href: results.dataset.list + "#" + decode(given.get("from")), dir: "auto" },
    here ? say(results.dataset.at, { num: at, all: of }) : results.dataset.all);
  const next = link(at + 1, results.dataset.next, "next"), before = link(at - 1, results.dataset.previous, "prev");
  results.append(...[before, back, next].filter(Boolean));
  results.hidden = false;
})();
