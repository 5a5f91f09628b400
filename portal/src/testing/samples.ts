// Invented answers of the server, in the shapes of the API description.
import type { Home, Me, Report, Review } from "../api/types";

const org = {
  id: "11111111-1111-4111-8111-111111111111",
  name: "東雲電力",
  name_en: "Shinonome Electric",
  kind: "operator",
} as const;
const sato = { id: "22222222-2222-4222-8222-222222222222", name: "佐藤 陽", name_en: "Yo Sato" };

export const reportId = "33333333-3333-4333-8333-333333333333";
export const reviewId = "44444444-4444-4444-8444-444444444444";

export function me(changes: Partial<Me["abilities"]> = {}): Me {
  return {
    person: sato,
    org,
    roles: ["reporter"],
    language: "ja",
    csrf: "proof",
    abilities: { report: true, review: false, consent: false, import: false, administer: false, ...changes },
  };
}

export function home(changes: Partial<Home> = {}): Home {
  return {
    now: "2026-11-21T17:14:07.000000Z",
    clocks: [],
    your_turn: [],
    stale_forms: [],
    news: [],
    reports: [],
    reviews: [],
    cases: [],
    sources: [],
    ...changes,
  };
}

export function report(changes: Partial<Report> = {}): Report {
  return {
    id: reportId,
    number: "NR-2026-K7Q4",
    kind: "incident",
    title: "HMI への不審ログオン",
    version: 1,
    filed_at: "2026-11-21T17:07:48.000000Z",
    org,
    scope: "members_anonymously",
    state: "received",
    content: {
      kind: "incident",
      scope: "members_anonymously",
      title: "HMI への不審ログオン",
      summary: "02:05 監視員が発見した。",
      facts: { "impact.exists": { state: "investigating" } },
      technical: { text: "", indicators: ["203.0.113.7"], techniques: [], cves: [] },
    },
    versions: [],
    statements: {},
    readers: { tlp: "TLP:AMBER+STRICT", everyone: false, orgs: ["東雲電力", "電力ISAC 事務局"], people: 9 },
    reviews: [],
    abilities: { amend: true, review: false, consent: false, see_readers: false },
    ...changes,
  };
}

export function review(changes: Partial<Review> = {}): Review {
  const original = {
    title: "変電所の不審ログオン",
    summary: "東北エリアの北港変電所で発見。",
    technical: "接続元 203.0.113.7。",
  };
  const edition = {
    kind: "story" as const,
    title: original.title,
    body: `${original.summary}\n\n${original.technical}`,
    implication: "",
    check: "",
    mitigation: "",
    indicators: [{ type: "ipv4-addr", value: "203.0.113.7", defanged: "203[.]0[.]113[.]7" }],
    techniques: ["T0883"],
    cves: [],
  };
  const span = { rule: "gazetteer", confidence: "certain" as const, reason: "1 社に決まります。", chosen: 1 };
  return {
    id: reviewId,
    purpose: "release",
    report_id: reportId,
    report_number: "NR-2026-K7Q4",
    title: original.title,
    state: "open",
    revision: 3,
    consent: "given",
    approvals: 0,
    edited_at: "2026-11-21T17:20:00.000000Z",
    urgent: false,
    audience: "members",
    tlp: "TLP:AMBER",
    original,
    edition,
    spans: [
      {
        ...span,
        id: 0,
        field: "summary",
        begin: 0,
        end: 5,
        text: "東北エリア",
        class: "area",
        side: "victim",
        steps: [
          { key: "keep", text: "東北エリア", loss: 0 },
          { key: "frequency", text: "50 Hz 地域", loss: 6 },
          { key: "remove", text: "国内のある地域", loss: 10 },
        ],
      },
      {
        ...span,
        id: 1,
        field: "summary",
        begin: 6,
        end: 11,
        text: "北港変電所",
        class: "facility",
        side: "victim",
        steps: [
          { key: "keep", text: "北港変電所", loss: 0 },
          { key: "kind", text: "変電所", loss: 3 },
        ],
      },
      {
        ...span,
        id: 0,
        field: "technical",
        begin: 4,
        end: 15,
        text: "203.0.113.7",
        class: "ip",
        side: "attacker",
        steps: [],
        chosen: 0,
      },
    ],
    measure: {
      reached: false,
      k: 1,
      required: 5,
      audiences: [
        { audience: "outsider", k: 1 },
        { audience: "reader", k: 1 },
      ],
      telling: [{ attribute: "area", value: "東北", drop: 9 }],
      identifiers: ["北港変電所"],
      held: [],
    },
    proposal: {
      edition: { ...edition, body: "国内のある地域の変電所で発見。\n\n接続元 203.0.113.7。" },
      technical_only: false,
      changes: [],
      pseudonyms: { 東雲電力: "A" },
      k: 12,
    },
    readers: { tlp: "TLP:AMBER", everyone: false, orgs: ["東雲電力", "白波風力発電", "南嶺電力"], people: 31 },
    approved_by: [],
    abilities: {
      edit: true,
      approve: true,
      consent: false,
      take_consent_back: false,
      give_consent_again: false,
    },
    ...changes,
  };
}
