// What the program does with evaluations and the use of results, one function for each.
import { base, ifMatch, json, part, send } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type EvaluationView = Schemas['EvaluationView']
export type EvaluationRequest = Schemas['EvaluationRequest']
export type EvaluationDeed = Schemas['EvaluationActionRequest']
export type EvaluationAction = EvaluationDeed['action']
export type Evaluator = Schemas['Evaluator']
export type EvaluatorRequest = Schemas['EvaluatorRequest']
export type KeyProject = Schemas['KeyProject']
export type ProjectDraw = Schemas['ProjectDraw']
export type DrawRequest = Schemas['DrawRequest']
export type ResultPage = Schemas['ResultPage']
export type ResultLine = Schemas['ResultLine']
export type ResultRequest = Schemas['ResultRequest']
export type RankedUnit = Schemas['RankedUnit']
export type Measure = ResultRequest['measure']

export const evaluations = {
  list: (year: number) => json<EvaluationView[]>('GET', `/evaluations?year=${year}`),
  open: (id: string) => json<EvaluationView>('GET', `/evaluations/${part(id)}`),
  plan: (request: EvaluationRequest) => json<EvaluationView>('POST', '/evaluations', request),
  act: (id: string, revision: number, deed: EvaluationDeed) => json<EvaluationView>('POST', `/evaluations/${part(id)}/actions`, deed, ifMatch(revision)),
  async bring(id: string, revision: number, file: File): Promise<EvaluationView> {
    const form = new FormData()
    form.append('files', file, file.name)
    return (await (await send('POST', `/evaluations/${part(id)}/evidence`, form, ifMatch(revision))).json()) as EvaluationView
  },
  evidence: (id: string, number: number) => `${base}/evaluations/${part(id)}/evidence/${number}`,
  report: (id: string, to: 'docx' | 'pdf') => `${base}/evaluations/${part(id)}/report?to=${to}`,
  candidates: (year: number) => json<KeyProject[]>('GET', `/evaluations/candidates?year=${year}`),
  evaluators: () => json<Evaluator[]>('GET', '/evaluators'),
  addEvaluator: (request: EvaluatorRequest) => json<Evaluator>('POST', '/evaluators', request),
  draws: (year: number) => json<ProjectDraw[]>('GET', `/evaluation-draws?year=${year}`),
  seal: (request: DrawRequest) => json<ProjectDraw>('POST', '/evaluation-draws', request),
  draw: (id: string, beacon: string) => json<ProjectDraw>('POST', `/evaluation-draws/${part(id)}/drawing`, { beacon }),
}

export const results = {
  list: (year: number) => json<ResultPage>('GET', `/years/${year}/results`),
  decide: (year: number, request: ResultRequest) => json<ResultLine>('POST', `/years/${year}/results`, request),
  ranking: (year: number) => json<RankedUnit[]>('GET', `/years/${year}/ranking`),
}
