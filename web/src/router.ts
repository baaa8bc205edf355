import { createRouter, createWebHistory } from 'vue-router'
import SubmissionsPage from './pages/submissions/SubmissionsPage.vue'
import { onLoggedOut } from './api/client'
import type { Permission } from './api/types'
import { t } from './i18n'
import { wayTo } from './people/way'
import { ended, loadMe, me, unsaved } from './state/me'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    /** Shown without the bar: first start, one-time links, the login. */
    bare?: boolean
    open?: boolean
    own?: boolean
    needs?: Permission
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'submissions', component: SubmissionsPage, meta: { title: 'list.title', needs: 'see_submissions' } },
    { path: '/submissions/:id', name: 'submission', component: () => import('./pages/submission/SubmissionPage.vue'), props: true, meta: { title: 'submission.tables', needs: 'see_submissions' } },
    { path: '/submissions/:id/history', name: 'history', component: () => import('./pages/history/HistoryPage.vue'), props: true, meta: { title: 'history.title', needs: 'see_submissions' } },
    { path: '/submissions/:id/actuals', name: 'actuals', component: () => import('./pages/actuals/ActualsPage.vue'), props: true, meta: { title: 'actuals.title', needs: 'see_submissions' } },
    { path: '/monitoring', name: 'monitoring', component: () => import('./pages/follow_ups/FollowUpsPage.vue'), props: { kind: 'monitoring' }, meta: { title: 'follow.monitoring', needs: 'see_submissions' } },
    { path: '/self-evaluation', name: 'self_evaluation', component: () => import('./pages/follow_ups/FollowUpsPage.vue'), props: { kind: 'self_evaluation' }, meta: { title: 'follow.self_evaluation', needs: 'see_submissions' } },
    { path: '/follow-ups/:id', name: 'follow_up', component: () => import('./pages/follow_up/FollowUpPage.vue'), props: true, meta: { title: 'follow.monitoring', needs: 'see_submissions' } },
    { path: '/rules', name: 'rules', component: () => import('./pages/rules/RulesPage.vue'), meta: { title: 'rules.title' } },
    { path: '/journal', name: 'journal', component: () => import('./pages/journal/JournalPage.vue'), meta: { title: 'journal.title', needs: 'see_journal' } },
    { path: '/wall', name: 'wall', component: () => import('./pages/wall/WallPage.vue'), meta: { title: 'wall.title', needs: 'see_submissions' } },
    { path: '/overview', name: 'overview', component: () => import('./pages/overview/OverviewPage.vue'), meta: { title: 'overview.title', needs: 'see_submissions' } },
    { path: '/calendar', name: 'calendar', component: () => import('./pages/calendar/CalendarPage.vue'), meta: { title: 'calendar.title', own: true } },
    { path: '/outsiders', name: 'outsiders', component: () => import('./pages/outsiders/OutsidersPage.vue'), meta: { title: 'outsiders.title', needs: 'audit_performance' } },
    { path: '/visit', name: 'visit', component: () => import('./pages/visit/VisitPage.vue'), meta: { title: 'app.nav.submissions', open: true, bare: true } },
    { path: '/library', name: 'library', component: () => import('./pages/library/LibraryPage.vue'), meta: { title: 'library.title', needs: 'see_submissions' } },
    { path: '/ledgers', name: 'ledgers', component: () => import('./pages/ledgers/LedgersPage.vue'), meta: { title: 'ledgers.title', needs: 'see_ledgers' } },
    { path: '/desks/:desk', name: 'desk', component: () => import('./pages/desk/DeskPage.vue'), props: true, meta: { title: 'ledgers.title', needs: 'see_ledgers' } },
    { path: '/ledgers/:type', name: 'ledger', component: () => import('./pages/ledger/LedgerPage.vue'), props: true, meta: { title: 'ledgers.title', needs: 'see_ledgers' } },
    { path: '/ledgers/:type/:id', name: 'record', component: () => import('./pages/record/RecordPage.vue'), props: true, meta: { title: 'ledgers.title', needs: 'see_ledgers' } },
    { path: '/ledgers/:type/:id/deadlines/:limit', name: 'deadline', component: () => import('./pages/deadline/DeadlinePage.vue'), props: true, meta: { title: 'ledgers.due', needs: 'see_ledgers' } },
    { path: '/measures', name: 'measures', component: () => import('./pages/measures/MeasuresPage.vue'), meta: { title: 'measures.title', needs: 'see_ledgers' } },
    { path: '/evaluations', name: 'evaluations', component: () => import('./pages/evaluations/EvaluationsPage.vue'), meta: { title: 'evaluations.title', needs: 'see_submissions' } },
    { path: '/evaluations/:id', name: 'evaluation', component: () => import('./pages/evaluation/EvaluationPage.vue'), props: true, meta: { title: 'evaluations.title', needs: 'see_submissions' } },
    { path: '/results', name: 'results', component: () => import('./pages/results/ResultsPage.vue'), meta: { title: 'results.title', needs: 'see_submissions' } },
    { path: '/yearly-report', name: 'yearly_report', component: () => import('./pages/yearly_report/YearlyReportPage.vue'), meta: { title: 'yearly.title', needs: 'publish' } },
    { path: '/problems', name: 'problems', component: () => import('./pages/problems/ProblemsPage.vue'), meta: { title: 'problems.title', needs: 'see_problems' } },
    { path: '/problems/:id', name: 'problem', component: () => import('./pages/problem/ProblemPage.vue'), props: true, meta: { title: 'problems.title', needs: 'see_problems' } },
    { path: '/publication', name: 'publication', component: () => import('./pages/publication/PublicationPage.vue'), meta: { title: 'publication.title', needs: 'publish' } },
    { path: '/units', name: 'units', component: () => import('./pages/units/UnitsPage.vue'), meta: { title: 'units.title', needs: 'see_units' } },
    { path: '/people', name: 'people', component: () => import('./pages/people/PeoplePage.vue'), meta: { title: 'people.title', needs: 'see_accounts' } },
    { path: '/account', name: 'account', component: () => import('./pages/account/AccountPage.vue'), meta: { title: 'account.title', own: true } },
    { path: '/login', name: 'login', component: () => import('./pages/login/LoginPage.vue'), meta: { title: 'login.title', open: true, bare: true } },
    { path: '/setup', name: 'setup', component: () => import('./pages/setup/SetupPage.vue'), meta: { title: 'setup.title', open: true, bare: true } },
    { path: '/welcome', name: 'welcome', component: () => import('./pages/welcome/WelcomePage.vue'), meta: { title: 'welcome.title', open: true, bare: true } },
    { path: '/forbidden', name: 'forbidden', component: () => import('./pages/ForbiddenPage.vue'), meta: { title: 'me.forbidden_title', own: true } },
    { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/MissingPage.vue') },
  ],
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
})

router.beforeEach(async (to, from) => {
  // Posts change while one is here: what he may do is asked for with every page, and the answer of before serves where none comes.
  if (me.value === null || to.path !== from.path) await loadMe().catch(() => undefined)
  const { open, own, needs } = to.meta
  return wayTo({ path: to.path, fullPath: to.fullPath, ...(open && { open }), ...(own && { own }), ...(needs && { needs }) }, me.value)
})

/** The session ended under the page: to the login and back, unless there is work on the page that would be lost. */
onLoggedOut(() => {
  ended.value = true
  const here = router.currentRoute.value
  if (!unsaved.value && !here.meta.open) void router.replace(here.fullPath === '/' ? { path: '/login' } : { path: '/login', query: { back: here.fullPath } })
})

router.afterEach((to) => {
  const title = to.meta.title
  document.title = typeof title === 'string' ? `${t(title)} · ${t('app.name')}` : t('app.name')
})
