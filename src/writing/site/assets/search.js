// Search and filters of the index. All rows stand in the page; this only hides those not asked for.
;(function () {
  'use strict'
  var finder = document.getElementById('finder')
  var list = document.getElementById('list')
  if (!finder || !list) return
  var query = document.getElementById('query')
  var year = document.getElementById('year')
  var kind = document.getElementById('kind')
  var section = document.getElementById('section')
  var count = document.getElementById('count')
  var nothing = document.getElementById('nothing')
  var words = window.jiheng_words || {}
  var rows = Array.prototype.slice.call(list.tBodies[0].rows).map(function (row) {
    return {
      row: row,
      name: row.cells[0].firstChild.textContent.toLowerCase(),
      hits: row.cells[0].querySelector('.hits'),
      year: row.getAttribute('data-year'),
      kinds: ' ' + row.getAttribute('data-kinds') + ' ',
      section: row.getAttribute('data-section'),
      words: words[row.getAttribute('data-key')] || [],
    }
  })

  function found(each, wanted) {
    if (!wanted || each.name.indexOf(wanted) >= 0) return []
    var hits = each.words.filter(function (word) {
      return word.toLowerCase().indexOf(wanted) >= 0
    })
    return hits.length ? hits : null
  }

  function search() {
    var wanted = query.value.trim().toLowerCase()
    var shown = 0
    rows.forEach(function (each) {
      var fits =
        (!year.value || each.year === year.value) &&
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
  ;[query, year, kind, section].forEach(function (field) {
    field.addEventListener('input', search)
  })
  search()
})()
