// Sends the file that somebody dropped and shows, side by side, where it is not what was published.
;(function () {
  'use strict'
  var form = document.getElementById('compare')
  var input = document.getElementById('file')
  var result = document.getElementById('result')
  var most = 8 * 1024 * 1024
  if (!form || !window.FormData || !window.fetch) return
  form.hidden = false

  function element(name, text, style) {
    var made = document.createElement(name)
    if (text !== undefined && text !== null) made.textContent = text
    if (style) made.className = style
    return made
  }

  function verdict(style, title, lines) {
    var box = element('section', null, 'verdict ' + style)
    box.appendChild(element('h2', title))
    lines.forEach(function (line) {
      if (line) box.appendChild(element('p', line))
    })
    result.replaceChildren(box)
    return box
  }

  function day(at) {
    return at ? at.slice(0, 10) : ''
  }

  function about(record) {
    return record.unit_name + ' ' + record.year + ' 年绩效目标，' + day(record.published) + ' 公开，版本码 ' + record.version_code + '。'
  }

  function link(box, record) {
    var line = element('p')
    var to = element('a', '看公开的全表')
    to.href = record.page
    line.appendChild(to)
    box.appendChild(line)
  }

  function table(differences) {
    var made = element('table', null, 'compared')
    var head = made.createTHead().insertRow()
    ;['哪张表', '哪一处', '公开的', '您的文件'].forEach(function (name) {
      var cell = element('th', name)
      cell.scope = 'col'
      head.appendChild(cell)
    })
    var body = made.createTBody()
    differences.forEach(function (each) {
      var row = body.insertRow()
      var missing = each.kind === 'missing' ? '（没有）' : '（空）'
      var added = each.kind === 'added' ? '（没有）' : '（空）'
      var cells = [
        ['哪张表', each.table, ''],
        ['哪一处', [each.place, each.field].filter(Boolean).join('，') || '整张表', ''],
        ['公开的', each.published === null ? added : each.published, 'ours'],
        ['您的文件', each.dropped === null ? missing : each.dropped, 'theirs'],
      ]
      cells.forEach(function (cell) {
        var made_cell = element('td', cell[1], cell[2])
        made_cell.setAttribute('data-label', cell[0])
        row.appendChild(made_cell)
      })
    })
    return made
  }

  function show(answer) {
    var record = answer.record
    var older = record && !record.current ? '这是以前公开的一版，现在公开的已经是另一版。' : ''
    var read = answer.recognised ? '文件是扫描件，文字是识别出来的，不一样的地方可能是识别有误，请对着原件看。' : ''
    var box
    if (answer.outcome === 'identical') box = verdict('good', '一致：就是公开的那个文件，一个字节不差', [about(record), older])
    else if (answer.outcome === 'equal') box = verdict('good', '一致：内容和公开的完全一样', [about(record), older])
    else if (answer.outcome === 'differs') {
      box = verdict('bad', '不一致：有 ' + answer.count + ' 处和公开的不一样', [about(record), older, read])
    } else if (answer.outcome === 'unreadable') return verdict('', '文件读不出来', [answer.message])
    else return verdict('', '没有找到对应的公开内容', ['已经公开的绩效目标里，没有和这份文件同一单位、同一年度的。'])
    link(box, record)
    if (answer.differences.length) {
      result.appendChild(table(answer.differences))
      if (answer.count > answer.differences.length) result.appendChild(element('p', '只列出前 ' + answer.differences.length + ' 处。', 'small'))
    }
    return box
  }

  function send(file) {
    if (!file) return
    if (file.size > most) return verdict('', '文件太大', ['请选不超过 8 MB 的文件。'])
    verdict('', '正在核对“' + file.name + '”……', [])
    var body = new FormData()
    body.append('files', file)
    fetch('/api/v1/public/compare', { method: 'POST', body: body, headers: { 'Accept-Language': 'zh-CN' } })
      .then(function (answer) {
        return answer.json().then(function (json) {
          if (answer.ok) show(json)
          else verdict('', json.title || '没有核对成', [json.detail])
        })
      })
      .catch(function () {
        verdict('', '没有核对成', ['网络不通，请稍后再试。'])
      })
  }

  input.addEventListener('change', function () {
    send(input.files[0])
    input.value = ''
  })
  ;['dragover', 'dragenter'].forEach(function (name) {
    form.addEventListener(name, function (event) {
      event.preventDefault()
      form.classList.add('over')
    })
  })
  form.addEventListener('dragleave', function () {
    form.classList.remove('over')
  })
  form.addEventListener('drop', function (event) {
    event.preventDefault()
    form.classList.remove('over')
    send(event.dataTransfer.files[0])
  })
})()
