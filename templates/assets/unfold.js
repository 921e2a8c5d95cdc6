// What the address points to is shown, though it is folded away; newer browsers do so by themselves.
(function () {
  "use strict";
  function unfold() {
    var target;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (error) {
      return; // a torn address points to nothing
    }
    if (!target) return;
    for (var fold = target.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    target.scrollIntoView();
  }

  window.addEventListener("hashchange", unfold);
  if (location.hash) unfold();
})();
