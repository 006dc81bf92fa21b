// Enhancement only: words marked in a text fill the field that is there for them.
(function () {
  "use strict";

  var form = document.querySelector("form[data-marking]");
  if (!form) return;
  var words = form.querySelector("[name=words]");
  var at = form.querySelector("[name=at]");

  function box(node) {
    var element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    var choice = element && element.closest(".choice");
    return choice && choice.querySelector("[name=sentence]");
  }

  document.addEventListener("selectionchange", function () {
    var chosen = document.getSelection();
    if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
    var range = chosen.getRangeAt(0);
    var first = box(range.startContainer);
    var last = box(range.endContainer);
    if (!first || !last || first.closest("[data-text]") !== last.closest("[data-text]")) return;
    var text = chosen.toString().replace(/\s+/g, " ").trim();
    if (!text) return;
    words.value = text;
    at.value = first.value.split("-")[0];
  });

  // A click on a sentence while words are marked means the words, not the whole sentence.
  form.addEventListener("click", function (event) {
    var chosen = document.getSelection();
    if (chosen && !chosen.isCollapsed && event.target.closest("label")) event.preventDefault();
  });
})();
