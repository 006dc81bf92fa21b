// Passkeys: their buttons are there where the browser knows them, and a failure is said.
(() => {
  if (!window.PublicKeyCredential) return
  for (const button of document.querySelectorAll('[data-passkey]')) button.hidden = false
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault()
    for (const notice of document.querySelectorAll('[data-passkey-failed]')) notice.hidden = false
  })
})()
