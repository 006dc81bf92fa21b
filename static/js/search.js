// Enhancement only: the search box offers titles and terms while somebody types. Every search works without it.
(function () {
  "use strict";

  document.querySelectorAll("form[role=search]").forEach(function (form) {
    var input = form.querySelector("input[name=q]");
    if (!input || !window.fetch) return;
    var list = document.createElement("ul");
    var current = -1, timer, asked = "";

    list.id = input.id + "-offers";
    list.className = "offers";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0].textContent);
    form.appendChild(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    close();

    function close() {
      list.hidden = true;
      current = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function show(texts) {
      list.textContent = "";
      texts.forEach(function (text, number) {
        var option = document.createElement("li");
        option.id = list.id + "-" + number;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        list.appendChild(option);
      });
      close();
      if (!texts.length || document.activeElement !== input) return;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }

    function move(step) {
      var options = list.children;
      if (current >= 0) options[current].setAttribute("aria-selected", "false");
      // One place more than options: the box itself, before the first and after the last.
      current = (current + 1 + step + options.length + 1) % (options.length + 1) - 1;
      if (current < 0) return input.removeAttribute("aria-activedescendant");
      options[current].setAttribute("aria-selected", "true");
      options[current].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[current].id);
    }

    function ask() {
      var text = input.value.trim();
      asked = text;
      if (text.length < 2) return close();
      fetch(form.getAttribute("action") + "suggest/?q=" + encodeURIComponent(text))
        .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
        .then(function (found) { if (asked === text) show(found.suggestions); })
        .catch(close);
    }

    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(ask, 200);
    });
    input.addEventListener("keydown", function (event) {
      if (list.hidden) return;
      if (event.key === "Escape") { event.preventDefault(); close(); }
      else if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
      else if (event.key === "Enter" && current >= 0) {
        input.value = list.children[current].textContent;
        close();
      }
    });
    list.addEventListener("mousedown", function (event) {
      var option = event.target.closest("li");
      event.preventDefault();
      if (!option) return;
      input.value = option.textContent;
      form.submit();
    });
    input.addEventListener("blur", close);
  });
})();
