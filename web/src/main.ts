import { createApp } from 'vue'
import App from './App.vue'
import { i18n, restoreLanguage } from './i18n'
import { router } from './router'
import './styles/elements'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'

void restoreLanguage().then(() => createApp(App).use(i18n).use(router).mount('#app'))
