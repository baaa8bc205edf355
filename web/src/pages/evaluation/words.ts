// The report's words as they are typed, part by part.

/** What is shown once the program tells how the parts stand now: what was typed and is not stored yet stays as it is. */
export const kept = (typed: string[], before: string[], now: string[]): string[] => now.map((part, i) => (typed[i] !== undefined && typed[i] !== before[i] ? typed[i] : part))
