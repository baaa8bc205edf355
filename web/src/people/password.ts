// What a password must be, as src/access/password.cpp has it; the program has the last word.
export const password_rules = ['length', 'kinds', 'login', 'common'] as const
export type PasswordRule = (typeof password_rules)[number]

const least_length = 12
const most_length = 128
const least_kinds = 3
/** The longer in front. */
const common = ['administrator', 'password', 'p@ssw0rd', 'passw0rd', 'qwer1234', '1qaz2wsx', '3edc4rfv', 'abcd1234', '123456789', '12345678', '88888888', 'caizheng', 'iloveyou', 'asdfghjk', '1q2w3e4r', 'welcome', 'letmein', '5201314', 'qwerty', 'jiheng', 'abc123', '123456', 'asdfgh', 'zxcvbn', 'qazwsx', 'admin', 'root', 'test']
const own_letters = 4
const own_characters = 8
const bytes = (text: string): number => new TextEncoder().encode(text).length

/** The rules that it does not keep yet. An unknown login breaks none. */
export function brokenRules(password: string, login: string): PasswordRule[] {
  const broken: PasswordRule[] = []
  const folded = password.toLowerCase()
  const own = login.toLowerCase()
  if (bytes(password) < least_length || bytes(password) > most_length) broken.push('length')
  if ([/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length < least_kinds) broken.push('kinds')
  if (own.length >= 3 && folded.includes(own)) broken.push('login')
  const rest = common.reduce((left, word) => left.replaceAll(word, ''), folded)
  const plain = rest !== folded && bytes(rest.replace(/[^a-z\u0080-\u{10ffff}]/gu, '')) < own_letters && bytes(rest) < own_characters
  if (password === '' || plain || [...folded].every((sign) => sign === folded[0])) broken.push('common')
  return broken
}
