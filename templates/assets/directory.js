// A directory: a field in which a few letters narrow the list of names.
(function () {
  "use strict";
  const casebook = window.casebook, place = document.getElementById("directory");
  if (!casebook || !casebook.make || !casebook.tokens || !place) return;
  const { make } = casebook, words = JSON.parse(place.getAttribute("data-words"));

  const rows = Array.from(place.querySelectorAll("#again .tally > li, .letter li")).map((element) => ({
    element, text: " " + casebook.tokens(element.textContent).join(" "),
  }));
  const parts = Array.from(place.querySelectorAll("#again, .letter"));
  const letters = place.querySelector(".letters");
  const total = place.querySelectorAll(".letter li").length;
  const told = make("span.count", { role: "status" });

  function narrow() {
    const wanted = casebook.tokens(field.value);
    rows.forEach(({ element, text }) => { element.hidden = !wanted.every((word) => text.includes(" " + word)); });
    parts.forEach((part) => { part.hidden = !part.querySelector(".tally > li:not([hidden]), .names > li:not([hidden])"); });
    if (letters) letters.hidden = wanted.length > 0;
    told.textContent = wanted.length ? casebook.say(words.shown, {
      num: place.querySelectorAll(".letter li:not([hidden])").length, total,
    }) : "";
  }

  const field = make("input", { type: "search", id: "directory-find", placeholder: words.find, autocomplete: "off",
    spellcheck: "false", "data-filter": true, on: { input: narrow } });
  document.getElementById("narrow").append(make("label.hidden", { for: "directory-find" }, words.find), field, told);
})();
