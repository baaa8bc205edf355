/** Work that was not stored when the page was left. */
export default {
  draft: {
    found: '您上次离开时有 {n} 处修改没有暂存（{at}）。',
    behind: '此后 {by} 在 {at} 暂存了第 {n} 版，恢复时两边都列出来由您选。',
    frozen: '这份绩效目标现在不能修改，可以先看改了什么；撤回或退回后再恢复。',
    restore: '恢复未保存的修改（{at}）',
    discard: '放弃',
    sure: '确定放弃',
    compare: '看改了什么',
    label: '恢复未保存的修改',
    restored: '已恢复，请核对后暂存。',
    leave: '有修改还没有暂存。离开后这些修改留在这台电脑的浏览器里，下次打开时可以恢复。确定离开吗？',
    leaving_title: '还有没有暂存的修改',
    leaving: '您有 {n} 份绩效目标的修改还没有暂存，留在这台电脑的浏览器里。',
    keep: '保留并退出',
    keep_hint: '您下次在这台电脑登录时可以恢复，别人登录看不到。',
    clear: '清除并退出',
    clear_hint: '多人共用的电脑上请选这一项。',
  },
}
