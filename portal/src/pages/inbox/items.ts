// The inbox: reports of members and matters from outside in one list, the newest first.
import type { Case, ReportSummary } from "../../api/types";

export type Item =
  | { kind: "report"; id: string; at: string; report: ReportSummary }
  | { kind: "case"; id: string; at: string; matter: Case };

export type Show = "reports" | "cases" | undefined;

export function itemsOf(reports: ReportSummary[], cases: Case[], show: Show): Item[] {
  const items: Item[] = [];
  if (show !== "cases") {
    for (const report of reports) items.push({ kind: "report", id: report.id, at: report.filed_at, report });
  }
  if (show !== "reports") {
    for (const matter of cases) items.push({ kind: "case", id: matter.id, at: matter.changed_at, matter });
  }
  return items.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}
