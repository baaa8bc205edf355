// Who is logged in and what he may do. While no account exists, whoever is at the machine may do everything.
import { computed, reactive, ref } from 'vue'
import { api } from '@/api/client'
import type { Me, Permission } from '@/api/types'

const state = reactive<{ me: Me | null }>({ me: null })

/** Null until the program has answered. */
export const me = computed(() => state.me)
export const at_machine = computed(() => state.me?.mode === 'machine')
export const has_accounts = computed(() => state.me?.mode === 'accounts')
export const logged_in = computed(() => state.me?.mode === 'accounts' && state.me.known)
export const may = (permission: Permission): boolean => state.me?.permissions.includes(permission) ?? false

/** Work on the page that leaving it would lose: whose session ends meanwhile logs in on the spot. */
export const unsaved = ref(false)
/** The session ended; nobody has logged in again yet. */
export const ended = ref(false)

export async function loadMe(): Promise<Me> {
  state.me = await api.me()
  if (state.me.known) ended.value = false
  return state.me
}

export async function logOut(): Promise<void> {
  await api.logOut()
  await loadMe()
}
