import { createRouter, createWebHistory } from 'vue-router'
import SubmissionsPage from './pages/submissions/SubmissionsPage.vue'
import { t } from './i18n'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'submissions', component: SubmissionsPage, meta: { title: 'list.title' } },
    { path: '/submissions/:id', name: 'submission', component: () => import('./pages/submission/SubmissionPage.vue'), props: true, meta: { title: 'submission.tables' } },
    { path: '/submissions/:id/history', name: 'history', component: () => import('./pages/history/HistoryPage.vue'), props: true, meta: { title: 'history.title' } },
    { path: '/rules', name: 'rules', component: () => import('./pages/rules/RulesPage.vue'), meta: { title: 'rules.title' } },
    { path: '/journal', name: 'journal', component: () => import('./pages/journal/JournalPage.vue'), meta: { title: 'journal.title' } },
    { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/MissingPage.vue') },
  ],
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
})

router.afterEach((to) => {
  const title = to.meta['title']
  document.title = typeof title === 'string' ? `${t(title)} · ${t('app.name')}` : t('app.name')
})
