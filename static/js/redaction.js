// Enhancement only: words marked in what was submitted fill the form that leaves them out.
(function () {
  "use strict";

  var form = document.querySelector("form[data-cutting]");
  if (!form) return;
  var words = form.querySelector("[name=words]");

  function text(node) {
    var element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return element && element.closest("[data-field]");
  }

  document.addEventListener("selectionchange", function () {
    var chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
    var range = chosen.getRangeAt(0);
    var first = text(range.startContainer);
    if (!first || first !== text(range.endContainer)) return;
    var marked = chosen.toString().trim();
    if (!marked) return;
    words.value = marked;
  });
})();
