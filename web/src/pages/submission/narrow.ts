// Whether the screen is too narrow for form and findings side by side.
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

export function useNarrow(): Ref<boolean> {
  const media = window.matchMedia('(max-width: 1020px)')
  const narrow = ref(media.matches)
  const measured = (): void => {
    narrow.value = media.matches
  }
  onMounted(() => media.addEventListener('change', measured))
  onBeforeUnmount(() => media.removeEventListener('change', measured))
  return narrow
}
