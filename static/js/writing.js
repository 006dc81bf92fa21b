// Enhancement only: a step of writing saves itself, and what could not be sent waits in this tab.
(function () {
  "use strict";

  var PAUSE = 5000;
  var LONGEST = 8000;
  var AGAIN = 10000;
  var LARGEST_LEAVING = 60000;
  // Of the page, not of the writer.
  var OURS = ["csrfmiddlewaretoken", "opened_by", "acts_for", "revision", "base", "opened_page", "earlier_page", "turn"];

  function read(key) {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch (failure) { return null; }
  }
  function write(key, copy) {
    try { sessionStorage.setItem(key, JSON.stringify(copy)); return true; } catch (failure) { return false; }
  }
  function forget(key) {
    try { sessionStorage.removeItem(key); } catch (failure) { return; }
  }
  function keys(prefix) {
    try {
      return Object.keys(sessionStorage).filter(function (key) { return key.indexOf(prefix) === 0; });
    } catch (failure) { return []; }
  }

  // What a button sent goes once the server says that it has stored it: from which page, up to which turn.
  var told = document.querySelector("[data-stored]");
  if (told) {
    var place = "writing:" + told.dataset.account + ":";
    var stored = JSON.parse(told.dataset.stored);
    keys(place).forEach(function (key) {
      var copy = read(key) || {};
      var sent = copy.sent ? copy.page.split(" ")[0].split(":") : [];
      var known = (stored[key.slice(place.length)] || "").split(":");
      if (sent[0] && sent[0] === known[0] && Number(sent[1]) <= Number(known[1])) forget(key);
    });
  }

  var form = document.querySelector("form[data-writing]");
  var key = form && "writing:" + form.dataset.account + ":" + form.dataset.writing;
  keys("writing:").forEach(function (other) { if (other !== key && (read(other) || {}).saved) forget(other); });

  function listed(notice, start) {
    var list = notice.appendChild(document.createElement("ul"));
    keys(start).forEach(function (key) {
      var step = key.slice(start.length);
      var known = document.querySelector("a[href*='/" + step + "/']");
      var link = document.createElement("a");
      link.href = "../" + step + "/";
      link.textContent = known ? known.textContent.trim() : step;
      list.appendChild(document.createElement("li")).appendChild(link);
      notice.hidden = false;
    });
  }

  var left = document.querySelector("[data-left-behind]");
  if (left) listed(left, "writing:" + left.dataset.account + ":" + left.dataset.leftBehind);

  // No page can keep a chosen file: that one was is said once, where its writer comes next.
  var lost = document.querySelector("[data-files-behind]");
  if (lost) {
    var chosen = "file:" + lost.dataset.account + ":" + lost.dataset.filesBehind;
    listed(lost, chosen);
    keys(chosen).forEach(forget);
  }

  if (!form) return;
  var line = form.querySelector("[data-saving]");
  var fileKey = key.replace("writing:", "file:");

  function isFile(control) { return control.type === "file"; }
  function say(control, words) {
    var note = document.getElementById(control.id + "_chosen");
    if (!note) {
      note = document.createElement("p");
      note.id = control.id + "_chosen";
      note.className = "saving";
      note.setAttribute("role", "status");
      control.after(note);
    }
    note.textContent = words;
  }
  function hasFiles() {
    return Array.from(form.elements).some(function (control) { return isFile(control) && control.files.length; });
  }
  form.addEventListener("change", function (event) {
    if (!isFile(event.target)) return;
    say(event.target, event.target.files.length ? line.dataset.chosen : "");
    if (hasFiles()) write(fileKey, true);
    else forget(fileKey);
  });
  if (read(fileKey)) {
    Array.from(form.elements).filter(isFile).forEach(function (control) { say(control, line.dataset.notUploaded); });
    forget(fileKey);
  }

  var dirty = false;
  var since = 0;
  var sending = null;
  var waiting = null;
  var timer = null;
  var isPaused = form.hasAttribute("data-paused");
  var isSignedOut = false;
  var isLeaving = false;
  var isStored = true;

  function field(name) { return form.querySelector("[name=" + name + "]"); }
  function entries() {
    return Array.from(new FormData(form)).filter(function (pair) {
      return typeof pair[1] === "string" && OURS.indexOf(pair[0]) < 0;
    });
  }
  function text() { return JSON.stringify(entries()); }
  function tell(words) {
    var rest = form.querySelector("[data-at-rest]");
    if (rest) rest.hidden = true;
    if (line.textContent !== words) line.textContent = words;
  }

  function keep(isSent, isSaved) {
    isStored = write(key, {
      fields: entries(), revision: field("revision").value, base: field("base").value,
      page: [field("opened_page").value + ":" + field("turn").value].concat(
        field("earlier_page").value.split(" ").slice(0, 4)
      ).join(" ").trim(),
      sent: isSent === true, saved: isSaved === true
    });
  }

  function fill(pairs) {
    var values = {};
    pairs.forEach(function (pair) { (values[pair[0]] = values[pair[0]] || []).push(pair[1]); });
    Array.from(form.elements).forEach(function (control) {
      if (!control.name || OURS.indexOf(control.name) >= 0) return;
      if (control.type === "file" || control.type === "submit" || control.type === "button") return;
      var given = values[control.name] || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = given.indexOf(control.value) >= 0;
      else if (control.multiple) {
        Array.from(control.options).forEach(function (option) { option.selected = given.indexOf(option.value) >= 0; });
      }
      else if (given.length) control.value = given.shift();
      control.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function schedule(soon) {
    clearTimeout(timer);
    var rest = Math.max(0, LONGEST - (Date.now() - since));
    timer = setTimeout(save, soon === undefined ? Math.min(PAUSE, rest) : soon);
  }

  function changed() {
    if (!dirty) since = Date.now();
    dirty = true;
    clearTimeout(waiting);
    waiting = setTimeout(function () { keep(); }, 200);
    if (!isPaused) schedule();
  }

  function save() {
    if (!dirty || isPaused || isSignedOut || isLeaving || sending) return;
    if (navigator.onLine === false) { tell(line.dataset.offline); return; }
    var sent = text();
    since = Date.now();
    sending = send(false).then(function (done) {
      sending = null;
      if (done && text() === sent) { dirty = false; if (done === "all") settle(); }
      else if (!isPaused && !isSignedOut) schedule(done ? undefined : AGAIN);
    });
  }

  function nextTurn() { field("turn").value = Number(field("turn").value) + 1; }

  // A page on its way may still show what stood here before.
  function settle() {
    keep(false, true);
    setTimeout(function () { if (!dirty) forget(key); }, AGAIN);
  }

  function body() {
    nextTurn();
    var all = new URLSearchParams(Array.from(new FormData(form)).filter(function (pair) {
      return typeof pair[1] === "string";
    }));
    all.set("autosave", "1");
    return all;
  }

  function post(all, isLeavingNow) {
    return fetch(location.href, {
      method: "POST", body: all, redirect: "manual", keepalive: Boolean(isLeavingNow),
      headers: { Accept: "text/html, application/json" }
    });
  }

  function send(isSecond) {
    var all = body();
    keep();
    return post(all).then(function (reply) {
      if (reply.type === "opaqueredirect") { isSignedOut = true; tell(line.dataset.signedOut); return ""; }
      var isOurs = (reply.headers.get("Content-Type") || "").indexOf("json") >= 0;
      if (isOurs) return reply.json().then(take);
      if (reply.status === 403 && !isSecond) {
        return renew().then(function (isRenewed) { return isRenewed ? send(true) : ""; });
      }
      if (reply.status === 429 || reply.status >= 500) { tell(line.dataset.later); return ""; }
      return stop(line.dataset.refused);
    }).catch(function () { tell(line.dataset.offline); return ""; });
  }

  function stop(words) { isPaused = true; tell(words); return ""; }

  function take(told) {
    if (told.state === "saved" || told.state === "partly") {
      Object.keys(told.fields).forEach(function (name) { field(name).value = told.fields[name]; });
      tell(told.told);
      return told.state === "saved" ? "all" : "part";
    }
    if (told.state === "conflict") {
      stop(told.told);
      var compare = line.parentNode.insertBefore(document.createElement("button"), line.nextSibling);
      compare.className = "button button--quiet";
      compare.textContent = told.compare;
      return "";
    }
    return stop(told.told || line.dataset.refused);
  }

  // A fresh page of the same person has a fresh key.
  function renew() {
    return fetch(location.href).then(function (reply) {
      if (reply.url.indexOf("/accounts/") >= 0) { isSignedOut = true; tell(line.dataset.signedOut); return false; }
      return reply.text().then(function (page) {
        var fresh = new DOMParser().parseFromString(page, "text/html").querySelector("form[data-writing]");
        if (!fresh) { stop(line.dataset.refused); return false; }
        if (fresh.dataset.account !== form.dataset.account) { stop(line.dataset.other); return false; }
        ["csrfmiddlewaretoken", "opened_by"].forEach(function (name) {
          var given = fresh.querySelector("[name=" + name + "]");
          if (given && field(name)) field(name).value = given.value;
        });
        return true;
      });
    });
  }

  function leave() {
    if (!dirty || isLeaving) return;
    var all = body();
    keep();
    if (isPaused || isSignedOut) return;
    if (all.toString().length < LARGEST_LEAVING) {
      post(all, true).catch(function () {});
    }
  }

  function typed(event) { if (event.isTrusted && !isFile(event.target)) changed(); }
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", function (event) {
    if (sending) {
      event.preventDefault();
      event.stopImmediatePropagation();
      var button = event.submitter;
      sending.then(function () { form.requestSubmit(button); });
      return;
    }
    clearTimeout(timer);
    clearTimeout(waiting);
    forget(fileKey);
    isLeaving = true;
    nextTurn();
    if (dirty) keep(true);
    setTimeout(function () { isLeaving = false; }, AGAIN);
  }, true);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") { save(); return; }
    if (isSignedOut) {
      renew().then(function (isRenewed) { if (isRenewed) { isSignedOut = false; save(); } }).catch(function () {});
    }
  });
  addEventListener("online", save);
  addEventListener("offline", function () { if (dirty) { keep(); tell(line.dataset.offline); } });
  addEventListener("beforeunload", function (event) { if (dirty && !isStored && !isLeaving) event.preventDefault(); });

  var copy = read(key);
  var isNewer = copy && Number(copy.revision) > Number(field("revision").value);
  if (copy && (JSON.stringify(copy.fields) === text() || (copy.saved && !isNewer))) { forget(key); copy = null; }
  if (form.hasAttribute("data-unsaved")) {
    dirty = true;
    since = Date.now();
    keep();
    if (!isPaused) schedule();
  } else if (copy) {
    fill(copy.fields);
    ["revision", "base"].forEach(function (name) { field(name).value = copy[name]; });
    field("earlier_page").value = copy.page;
    tell(line.dataset.back);
    dirty = true;
    since = Date.now();
    keep();
    schedule(1000);
  }
})();
