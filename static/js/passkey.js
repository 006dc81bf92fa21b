// Passkeys: their buttons are there where the browser knows them, and a failure is said.
// data-passkey names the form of allauth, data-name its name for the button, data-credential the hidden field.
(() => {
  if (!window.PublicKeyCredential) return
  for (const button of document.querySelectorAll('[data-passkey]')) {
    const { passkey, name, credential, alone } = button.dataset
    const ids = { [name]: button.id, credential, passwordless: alone }
    if (document.getElementById('js_data')) ids.data = 'js_data'
    window.allauth.webauthn.forms[passkey]({ ids })
    button.hidden = false
  }
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault()
    for (const notice of document.querySelectorAll('[data-passkey-failed]')) notice.hidden = false
  })
})()
