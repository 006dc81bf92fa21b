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

  form.addEventListener("submit", function (event) {
    if (!file.files.length || file.disabled || file.files[0].size > 5 * 1024 * 1024) return;
    event.preventDefault();
    file.files[0].arrayBuffer().then(function (bytes) {
      return crypto.subtle.digest("SHA-256", bytes);
    }).then(function (digest) {
      code.value = hex(digest);
      file.disabled = true;
    }).finally(function () {
      form.submit();
    });
  });

  file.addEventListener("change", function () {
    told.textContent = file.files.length ? form.dataset.stays : "";
  });

  // Who comes back by the browser's own way chooses again.
  window.addEventListener("pageshow", function () {
    file.disabled = false;
  });
})();
