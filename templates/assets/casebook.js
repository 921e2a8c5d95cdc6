// Every page: a field in the head that leads to the cases with what was typed; `/` goes to it.
// Without scripts there is a link to the cases in its place.
(function () {
  "use strict";
  var link = document.querySelector("a.site-search");
  if (!link) return;

  function made(name, attributes, parent) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    return parent.appendChild(element);
  }

  var form = document.createElement("form");
  form.className = "site-search";
  form.setAttribute("role", "search");
  var words = link.textContent;
  form.setAttribute("aria-label", words);
  var field = made("input", {
    type: "search", "aria-label": words, placeholder: words, "aria-keyshortcuts": "/",
    autocomplete: "off", enterkeyhint: "search",
  }, form);
  made("button", { type: "submit" }, form).textContent = link.getAttribute("data-button");
  // The policy of the page lets no form be sent, so the address is put together here.
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var typed = field.value.trim();
    if (typed) window.location.href = link.href + "#q=" + encodeURIComponent(typed);
    else field.focus();
  });
  link.parentNode.replaceChild(form, link);

  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.defaultPrevented || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
    // A page that has a field of its own for this is meant by it.
    var wanted = document.querySelector("main input[type=search]:not([data-filter])") || field;
    event.preventDefault();
    wanted.focus();
    wanted.select();
  });
})();
