// Search and filters of the index. All rows stand in the page; this only hides those not asked for. What the tables say is fetched when
// somebody searches for the first time.
;(function () {
  'use strict'
  var finder = document.getElementById('finder')
  var list = document.getElementById('list')
  if (!finder || !list) return
  var query = document.getElementById('query')
  var kind = document.getElementById('kind')
  var section = document.getElementById('section')
  var count = document.getElementById('count')
  var nothing = document.getElementById('nothing')
  var rows = Array.prototype.slice.call(list.tBodies[0].rows).map(function (row) {
    return {
      row: row,
      name: row.cells[0].firstChild.textContent.toLowerCase(),
      hits: row.cells[0].querySelector('.hits'),
      kinds: ' ' + row.getAttribute('data-kinds') + ' ',
      section: row.getAttribute('data-section'),
      key: row.getAttribute('data-key'),
    }
  })
  var fetched = false

  function fetch_words() {
    if (fetched) return
    fetched = true
    var script = document.createElement('script')
    script.src = finder.getAttribute('data-words')
    script.onload = search
    document.body.appendChild(script)
  }

  function found(each, wanted) {
    if (!wanted || each.name.indexOf(wanted) >= 0) return []
    var hits = ((window.jiheng_words || {})[each.key] || []).filter(function (word) {
      return word.toLowerCase().indexOf(wanted) >= 0
    })
    return hits.length ? hits : null
  }

  function search() {
    var wanted = query.value.trim().toLowerCase()
    var shown = 0
    if (wanted) fetch_words()
    rows.forEach(function (each) {
      var fits =
        (!kind.value || each.kinds.indexOf(' ' + kind.value + ' ') >= 0) &&
        (!section.value || each.section === section.value)
      var hits = fits ? found(each, wanted) : null
      each.row.hidden = hits === null
      each.hits.textContent = hits && hits.length ? hits.slice(0, 3).join('；') + (hits.length > 3 ? ' 等 ' + hits.length + ' 处' : '') : ''
      if (hits !== null) shown += 1
    })
    count.textContent = shown === rows.length ? '共 ' + rows.length + ' 份' : '找到 ' + shown + ' 份，共 ' + rows.length + ' 份'
    nothing.hidden = shown > 0
    list.hidden = shown === 0
  }

  finder.hidden = false
  finder.addEventListener('submit', function (event) {
    event.preventDefault()
  })
  ;[query, kind, section].forEach(function (field) {
    field.addEventListener('input', search)
  })
  search()
})()
