import { describe, expect, it } from 'vitest'
import { extension_columns, people_columns, post_columns, readSheet } from './sheet_lines'

describe('a list copied from a sheet', () => {
  it('is read below its title, in any order of columns', () => {
    const found = readSheet('渌口区人员名单\t\t\n姓名\t登录名*\t联系电话\t备注\n张三\tzhang.san\t0731-1\t新\n\n李四\tli-si\t\t\n', people_columns, ['login'])
    expect(found.columns).toEqual(['name', 'login', 'phone'])
    expect(found.lines.map((line) => [line.number, line.cells.login, line.cells.name, line.cells.phone, line.trouble])).toEqual([
      [3, 'zhang.san', '张三', '0731-1', null],
      [5, 'li-si', '李四', '', null],
    ])
  })

  it('names the lines that cannot be taken', () => {
    const people = readSheet('登录名\t姓名\n张三\t张三\nok\t\nab\t甲\nAB\t乙', people_columns, ['login'])
    expect(people.lines.map((line) => line.trouble)).toEqual(['login', 'name', null, 'twice'])
    const posts = readSheet('登录名\t岗位\t单位\nab\t单位经办人\t甲局\nab\t单位经办人\t乙局\nab\t单位经办人\t甲局\nab\t\t', post_columns, ['login', 'role', 'unit'])
    expect(posts.lines.map((line) => line.trouble)).toEqual([null, null, 'twice', 'role'])
    const more = readSheet('单位\t延期工作日\t理由\n甲局\t5\t机构改革\n乙局\t0\t忙\n丙局\t五\t忙\n丁局\t3\t', extension_columns, ['unit'])
    expect(more.lines.map((line) => line.trouble)).toEqual([null, 'work_days', 'work_days', 'why'])
  })

  it('says that there is no header', () => {
    expect(readSheet('张三\tzhang', people_columns, ['login']).headless).toBe(true)
    expect(readSheet('', people_columns, ['login']).headless).toBe(false)
  })
})
