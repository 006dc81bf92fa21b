// Enhancement only: every page works without this file.
(function () {
  "use strict";

  var errors = document.querySelector(".errors:not([data-quiet])");
  if (errors) errors.focus();

  function size(text, unit) {
    if (unit === "characters") return Array.from(text).length;
    var words = text.trim().match(/\S+/g);
    return words ? words.length : 0;
  }

  // As the server writes it: 999, then `1,200` with the separator of the language.
  function grouped(number) {
    var separators = { en: ",", es: ".", pt: ".", fr: "\u202f" };
    var separator = separators[document.documentElement.lang.slice(0, 2)];
    var text = String(number);
    return text.length > 3 && separator ? text.slice(0, -3) + separator + text.slice(-3) : text;
  }

  document.querySelectorAll("[data-count-for]").forEach(function (line) {
    var field = document.getElementById(line.dataset.countFor);
    if (!field) return;
    var timer;
    function show() {
      var left = Number(line.dataset.limit) - size(field.value, line.dataset.unit);
      var over = left < 0;
      var many = over ? line.dataset.over : line.dataset.left;
      var one = over ? line.dataset.overOne : line.dataset.leftOne;
      line.textContent = Math.abs(left) === 1 ? one : many.replace("#", grouped(Math.abs(left)));
      line.classList.toggle("is-over", over);
    }
    // The line follows each key; it is read aloud once the typing rests, and with the field.
    var aloud = document.createElement("span");
    aloud.className = "hidden";
    aloud.setAttribute("role", "status");
    line.after(aloud);
    line.hidden = false;
    line.id = field.id + "-count";
    field.setAttribute("aria-describedby", ((field.getAttribute("aria-describedby") || "") + " " + line.id).trim());
    field.addEventListener("input", function () {
      show();
      clearTimeout(timer);
      timer = setTimeout(function () { aloud.textContent = line.textContent; }, 1000);
    });
    show();
  });

  document.querySelectorAll("form[data-warn-unsaved]").forEach(function (form) {
    var dirty = false;
    form.addEventListener("input", function () { dirty = true; });
    form.addEventListener("submit", function () { dirty = false; });
    window.addEventListener("beforeunload", function (event) { if (dirty) event.preventDefault(); });
  });

  // What looks like the organization that is being named stands beside the form before it is sent.
  document.querySelectorAll("form[data-lookalikes]").forEach(function (form) {
    var place = document.getElementById("lookalikes");
    var names = ["name", "acronym", "website"];
    form.addEventListener("change", function (event) {
      if (!place || names.indexOf(event.target.name) < 0) return;
      var asked = new URLSearchParams(names.map(function (name) { return [name, form.elements[name].value]; }));
      fetch(form.dataset.lookalikes + "?" + asked)
        .then(function (answer) { return answer.ok ? answer.text() : ""; })
        .then(function (text) {
          var page = new DOMParser().parseFromString(text, "text/html");
          var told = page.querySelector("#lookalikes .panel");
          place.replaceChildren.apply(place, told ? [document.importNode(told, true)] : []);
        })
        .catch(function () {});
    });
  });

  // A form is sent once, however often its button is pressed.
  document.querySelectorAll("form[method=post]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) event.preventDefault();
      else {
        form.dataset.sent = "1";
        setTimeout(function () { delete form.dataset.sent; }, 5000);
      }
    });
  });
})();
