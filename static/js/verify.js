// Enhancement only: the browser works out the control code, so that the file need not be sent.
(function () {
  "use strict";

  var form = document.querySelector("form[data-verify]");
  if (!form || !window.crypto || !crypto.subtle || !Blob.prototype.arrayBuffer) return;
  var file = form.querySelector("[name=file]");
  var code = form.querySelector("[name=code]");
  var told = document.createElement("p");
  told.className = "hint";
  told.setAttribute("role", "status");
  file.after(told);

  function hex(bytes) {
    return Array.from(new Uint8Array(bytes), function (byte) {
      return byte.toString(16).padStart(2, "0");
    }).join("");
  }

  // What was submitted is JSON; of another file, such as the receipt itself, the portal says what it is.
  function isText(chosen) {
    return chosen.slice(0, 1).arrayBuffer().then(function (first) { return new Uint8Array(first)[0] === 0x7b; });
  }

  function codeOf(chosen) {
    return chosen.arrayBuffer().then(function (bytes) {
      return crypto.subtle.digest("SHA-256", bytes);
    }).then(function (digest) {
      code.value = hex(digest);
      file.disabled = true;
    });
  }

  form.addEventListener("submit", function (event) {
    if (!file.files.length || file.disabled || file.files[0].size > 5 * 1024 * 1024) return;
    event.preventDefault();
    isText(file.files[0]).then(function (is) {
      return is ? codeOf(file.files[0]) : null;
    }).finally(function () {
      form.submit();
    });
  });

  file.addEventListener("change", function () {
    told.textContent = "";
    if (!file.files.length) return;
    isText(file.files[0]).then(function (is) { told.textContent = is ? form.dataset.stays : ""; });
  });

  // Who comes back by the browser's own way chooses again.
  window.addEventListener("pageshow", function () {
    file.disabled = false;
  });
})();
