// Enhancement only: files go one by one, so that one sees how far it is; without it they go together.
(function () {
  "use strict";

  var form = document.querySelector("form[data-upload]");
  if (!form || !window.fetch || !window.FormData) return;
  var files = form.querySelector("[type=file]");
  var shown = document.getElementById("outcomes");
  var list = shown.querySelector("[data-outcomes]");
  var progress = form.querySelector("[data-progress]");
  var bar = progress.querySelector("progress");
  var told = progress.querySelector("[data-told]");
  var button = form.querySelector("button[type=submit], button:not([type])");
  var MOST = 50;

  function count(state) {
    var number = shown.querySelector('[data-count="' + state + '"]');
    number.textContent = Number(number.textContent) + 1;
  }

  function show(each) {
    var item = document.createElement("li");
    var name = document.createElement("span");
    item.dataset.state = each.state;
    name.className = "code";
    name.textContent = each.name;
    item.append(name, ": ", each.state === "refused" ? form.dataset.refused + " " : "", each.told, " ");
    if (each.url) {
      var link = document.createElement("a");
      link.href = each.url;
      link.textContent = form.dataset.correct;
      item.append(link);
    }
    list.append(item);
    count(each.state);
  }

  function send(file) {
    var data = new FormData(form);
    data.delete(files.name);
    data.append(files.name, file);
    return fetch(form.action || location.href, {
      method: "POST", body: data, headers: { Accept: "application/json" }, credentials: "same-origin",
    }).then(function (response) {
      if (response.status === 422) return Promise.reject("form");
      if (!response.ok || response.redirected) return Promise.reject("failed");
      return response.json();
    });
  }

  function all(chosen) {
    return chosen.reduce(function (before, file, place) {
      return before.then(function () {
        told.textContent = form.dataset.sending + " " + (place + 1) + " / " + chosen.length + ": " + file.name;
        return send(file).then(function (answer) {
          answer.files.forEach(show);
        }, function (why) {
          if (why === "form") throw why;
          show({ name: file.name, state: "refused", told: form.dataset.failed, url: "" });
        });
      }).then(function () {
        bar.value = place + 1;
      });
    }, Promise.resolve());
  }

  form.addEventListener("submit", function (event) {
    var chosen = Array.from(files.files);
    if (!chosen.length || chosen.length > MOST) return;
    event.preventDefault();
    shown.hidden = progress.hidden = false;
    bar.max = chosen.length;
    bar.value = 0;
    button.disabled = true;
    all(chosen).then(function () {
      told.textContent = chosen.length + " / " + chosen.length;
      files.value = "";
      shown.scrollIntoView();
    }, function () {
      // What is said of the files is refused: the page with each reason at its field comes from the server.
      form.submit();
    }).finally(function () {
      button.disabled = false;
    });
  });
})();
