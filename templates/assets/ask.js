// The home page: the questions before a meeting as choices, which lead to the finder with what was
// chosen. Without scripts there are links in their place.
(function () {
  "use strict";
  var form = document.querySelector("form.ask");
  if (!form || !window.URL || !("noModule" in document.createElement("script"))) return;
  var to = new URL(form.getAttribute("data-to"), window.location.href).href;
  var selects = Array.prototype.slice.call(form.querySelectorAll("select"));

  form.hidden = false;
  form.addEventListener("submit", function (event) {
    // The policy of the page lets no form be sent, so the address is put together here.
    event.preventDefault();
    var chosen = selects.map(function (select) { return select.value; }).filter(Boolean);
    window.location.href = to + (chosen.length ? "#" + chosen.join("&") : "");
  });

  Array.prototype.forEach.call(form.parentNode.querySelectorAll("a[data-chosen]"), function (link) {
    link.href = to + "#" + link.getAttribute("data-chosen");
  });
})();
