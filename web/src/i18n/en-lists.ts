import type zh from './zh-CN-lists'

const en: typeof zh = {
  lists: {
    excel: 'To Excel',
    csv_long: 'To CSV',
    rules: 'Common findings to Excel',
  },
  sealed: {
    tab: 'Sealed',
    title: 'Sealed form',
    intro: 'Bring the signed and sealed form as a scan: every value is held beside what was approved, or before an approval beside what is there now.',
    choose: 'Bring a sealed form',
    drop: 'or drop a scan, a PDF or a picture here',
    reading: 'Reading “{name}”; a page takes some seconds…',
    none: 'No sealed form was brought yet.',
    outcome: { same: 'The same', unsure: '{m} not checked', differs: '{n} differ', unreadable: 'Not read' },
    said: { same: 'The sealed form says what is on record.', unsure: 'Nothing says otherwise, but not all could be read for certain.', differs: 'The sealed form differs from the record.', unreadable: 'Kept, but no goal table was found in it.' },
    beside_approved: 'beside the approved revision {n}',
    beside_latest: 'beside revision {n}, not approved yet',
    recognised: 'recognised',
    old: 'The record has changed since; this was held beside a former revision.',
    code: { same: 'Its version code is this revision’s.', other: 'Its version code is that of revision {n}.', foreign: 'The version code {code} is none of this submission.', none: 'No version code was read.' },
    places: 'Places ({n})',
    group: { certain: 'Different', unsure: 'Could not be checked: look at the paper' },
    missing: 'Not found; on record: {value}',
    added: 'Not on record; on the form: {value}',
    guessed: 'Read “{value}”, the same as the record, but not for certain',
    on_record: 'Record',
    on_paper: 'Sealed form',
    blank: '(blank)',
    not_read: '(not read)',
    confidence: 'recognition {n} % sure',
    page: 'page {n}',
    row: '{page}, row {n}',
    somewhere: 'place unknown',
  },
}
export default en
