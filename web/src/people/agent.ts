// A browser by the name people know, out of what it says of itself.
const browsers: [RegExp, string][] = [
  [/MicroMessenger\/([\d.]+)/, '微信'],
  [/360SE|QIHU|360EE/, '360 浏览器'],
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/UOS|Deepin/i, 'UOS'],
  [/Linux/, 'Linux'],
]

export function browserName(agent: string): string {
  const [pattern, browser] = browsers.find(([one]) => one.test(agent)) ?? []
  if (!pattern || !browser) return agent.slice(0, 60)
  const version = pattern.exec(agent)?.[1]?.split('.')[0]
  const system = systems.find(([one]) => one.test(agent))?.[1]
  return [browser, version, system && `· ${system}`].filter(Boolean).join(' ')
}
