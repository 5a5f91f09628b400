// The next version of a report while it is being written. It builds on the version that was open when the form was
// opened; a version filed meanwhile by somebody else is never overwritten silently.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, bodyOf } from "../../api/client";
import { reportQuery } from "../../api/queries";
import type { Fact, Report, ReportContent } from "../../api/types";
import { useAction } from "../../api/useAction";
import { linesOf } from "../../text/lines";

/** Only what was touched: untouched parts follow the version below. */
export interface Amendment {
  kind?: ReportContent["kind"];
  summary?: string;
  technicalText?: string;
  indicators?: string;
  facts: Record<string, Fact>;
}

export function amended(content: ReportContent, amendment: Amendment): ReportContent {
  const technical = { ...content.technical };
  if (amendment.technicalText !== undefined) technical.text = amendment.technicalText;
  if (amendment.indicators !== undefined) technical.indicators = linesOf(amendment.indicators);
  return {
    ...content,
    kind: amendment.kind ?? content.kind,
    summary: amendment.summary ?? content.summary,
    technical,
    facts: { ...content.facts, ...amendment.facts },
  };
}

export function useAmendment(report: Report, onFiled: (filed: Report) => void, begun: Amendment) {
  const client = useQueryClient();
  const [base, setBase] = useState(report);
  const [amendment, setAmendment] = useState<Amendment>(begun);
  const send = useAction(
    (next: ReportContent & { based_on: number }, key) =>
      bodyOf(
        api.POST("/api/v1/reports/{id}/versions", {
          params: { path: { id: report.id }, header: { "Idempotency-Key": key } },
          body: next,
        }),
      ),
    (filed) => {
      client.setQueryData(reportQuery(report.id).queryKey, filed);
      void client.invalidateQueries({ queryKey: ["report", report.id] });
      void client.invalidateQueries({ queryKey: ["home"] });
      void client.invalidateQueries({ queryKey: ["reports"] });
      onFiled(filed);
    },
  );

  return {
    base,
    amendment,
    send,
    isTouched:
      Object.keys(amendment.facts).length > 0 ||
      [amendment.kind, amendment.summary, amendment.technicalText, amendment.indicators].some(
        (text) => text !== undefined,
      ),
    hasMovedOn: report.version > base.version,
    change: (part: Partial<Amendment>) => setAmendment((current) => ({ ...current, ...part })),
    setFact: (name: string, fact: Fact) =>
      setAmendment((current) => ({ ...current, facts: { ...current.facts, [name]: fact } })),
    /** Puts what was typed on top of the newest version; the writer reads it again before sending. */
    rebase: () => {
      setBase(report);
      send.reset();
    },
    submit: () => send.mutate({ ...amended(base.content, amendment), based_on: base.version }),
  };
}
