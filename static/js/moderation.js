// Enhancement only: single keys for who reads many texts; each does what a link or field of the page does.
// data-key names the key; data-into: the first field of what the link leads to. They can be switched off.
(() => {
  const help = document.getElementById('keys')
  if (!help) return
  const button = help.querySelector('[data-keys-switch]')
  const words = { on: button.textContent, off: button.dataset.off }
  let isOn = true
  try { isOn = localStorage.getItem('moderation-keys') !== 'off' } catch { /* no storage: they are on */ }

  function show() {
    help.hidden = false
    help.querySelector('[data-keys-list]').hidden = !isOn
    button.textContent = isOn ? words.on : words.off
    for (const each of document.querySelectorAll('[data-key]')) {
      each.querySelector('kbd')?.remove()
      if (!isOn || each.matches('input, textarea, select')) continue
      const hint = document.createElement('kbd')
      hint.setAttribute('aria-hidden', 'true')
      hint.textContent = each.dataset.key.toUpperCase()
      each.append(' ', hint)
    }
  }

  function field(link) {
    const place = document.querySelector(link.hash)
    return place && place.querySelector('select, textarea, input:not([type=hidden])')
  }

  button.addEventListener('click', () => {
    isOn = !isOn
    try { localStorage.setItem('moderation-keys', isOn ? 'on' : 'off') } catch { /* for this page then */ }
    show()
  })

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-into]')
    const into = link && field(link)
    if (!into) return
    event.preventDefault()
    into.focus()
  })

  document.addEventListener('keydown', (event) => {
    if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')) return
    const key = event.key.toLowerCase()
    if (key === '?') {
      help.scrollIntoView({ block: 'nearest' })
      return
    }
    const known = [...document.querySelectorAll('[data-key]')].find((each) => each.dataset.key === key)
    const rows = [...document.querySelectorAll('[data-row]')]
    if (known) {
      event.preventDefault()
      if (known.matches('a')) known.click()
      else known.focus()
    } else if (rows.length && (key === 'j' || key === 'k')) {
      event.preventDefault()
      const at = rows.indexOf(document.activeElement) + (key === 'j' ? 1 : -1)
      rows[Math.max(0, Math.min(at, rows.length - 1))].focus()
    } else if (rows.length && key === 'x') {
      const box = document.activeElement.closest('.pick')?.querySelector('input')
      if (box) box.click()
    }
  })

  show()
})()
