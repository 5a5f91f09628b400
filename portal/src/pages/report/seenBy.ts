import type { ReportRecipients } from "../../api/types";
import { t } from "../../text/texts";

/** The names of those that will see a fact once it is sent; authorities whose duties are still open as a number. */
export function seenBy(recipients: ReportRecipients | undefined, source: string): string {
  const codes = recipients?.seen_by[source] ?? [];
  const all = (recipients?.recipients ?? []).filter(({ code }) => codes.includes(code));
  const names = all.filter(({ when }) => when !== "when_duty_applies").map(({ name }) => name);
  const open = all.length - names.length;
  if (open > 0) names.push(t("portal.seen_by.open", { count: open }));
  return names.join(t("portal.list_separator"));
}
