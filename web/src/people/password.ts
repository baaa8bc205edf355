// What a password must be, as src/access/password.cpp has it; the program has the last word.
export const password_rules = ['length', 'kinds', 'login', 'common'] as const
export type PasswordRule = (typeof password_rules)[number]

const least_length = 10
const most_length = 128
const least_kinds = 3
const common = ['password', 'admin', 'administrator', 'qwerty', 'qwer1234', '1qaz2wsx', 'abcd1234', 'abc123', '12345678', 'welcome', 'letmein', 'iloveyou', 'p@ssw0rd', 'caizheng', 'jiheng', '88888888']
const own_part = 4
const bytes = (text: string): number => new TextEncoder().encode(text).length

/** The rules that it does not keep yet. An unknown login breaks none. */
export function brokenRules(password: string, login: string): PasswordRule[] {
  const broken: PasswordRule[] = []
  const folded = password.toLowerCase()
  const own = login.toLowerCase()
  if (bytes(password) < least_length || bytes(password) > most_length) broken.push('length')
  if ([/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length < least_kinds) broken.push('kinds')
  if (own.length >= 3 && folded.includes(own)) broken.push('login')
  const plain = common.some((word) => folded.includes(word) && bytes(folded) < word.length + own_part)
  if (password === '' || plain || [...folded].every((sign) => sign === folded[0])) broken.push('common')
  return broken
}
