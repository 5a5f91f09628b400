import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { recipientsQuery } from "../../api/queries";
import type { Duty, FactDefinition, Report } from "../../api/types";
import { useLeaveGuard } from "../../app/useLeaveGuard";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { t } from "../../text/texts";
import { FactField } from "./FactField";
import { seenBy } from "./seenBy";
import { useAmendment } from "./useAmendment";

interface AddFactsProps {
  report: Report;
  definitions: FactDefinition[];
  duties: Duty[];
  isUpgrade: boolean;
  onClose: (filed?: Report) => void;
}

const offered = 6;

/** What is asked first: answers that would decide a duty, and those still under investigation. */
export function firstQuestions(report: Report, duties: Duty[], definitions: FactDefinition[]): string[] {
  const facts = report.content.facts ?? {};
  const wanted = new Set(duties.filter((duty) => duty.verdict !== "does_not").flatMap((duty) => duty.missing));
  return definitions
    .map((definition) => definition.name)
    .filter((name) => facts[name]?.state === "investigating" || (wanted.has(name) && facts[name]?.state !== "given"))
    .slice(0, offered);
}

function MoreFacts({ definitions, onName }: { definitions: FactDefinition[]; onName: (name: string) => void }) {
  return (
    <div className="field">
      <label htmlFor="more-facts">{t("portal.amend.more")}</label>
      <select
        id="more-facts"
        className="select input-medium"
        value=""
        onChange={(event) => event.target.value !== "" && onName(event.target.value)}
      >
        <option value="">{t("portal.fact.choose")}</option>
        {definitions.map((definition) => (
          <option key={definition.name} value={definition.name}>
            {definition.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function SeenBy({ names }: { names: string }) {
  return names === "" ? null : <span className="hint">{t("portal.seen_by", { names })}</span>;
}

// An incident's clocks start from when it was recognised and known, which may be later than what the near miss said.
const askedOfAnIncident = ["t.recognised", "t.known", "impact.exists", "inc.cyber"];

export function AddFacts({ report, definitions, duties, isUpgrade, onClose }: AddFactsProps) {
  const { base, amendment, send, isTouched, hasMovedOn, change, setFact, rebase, submit } = useAmendment(
    report,
    onClose,
    isUpgrade ? { kind: "incident", facts: {} } : { facts: {} },
  );
  const [names, setNames] = useState(() => [
    ...new Set([...(isUpgrade ? askedOfAnIncident : []), ...firstQuestions(report, duties, definitions)]),
  ]);
  // An upgrade changes who is due; what the near miss says about it would be wrong here.
  const recipients = useQuery({ ...recipientsQuery(report.id), enabled: !isUpgrade }).data;
  const heading = useRef<HTMLHeadingElement>(null);

  useLeaveGuard(isTouched);
  useEffect(() => heading.current?.focus(), []);

  const file = (event: FormEvent) => {
    event.preventDefault();
    if (!send.isPending && !hasMovedOn) submit();
  };

  const technical = base.content.technical ?? {};
  return (
    <section className="card" aria-labelledby="amend">
      <h2 id="amend" ref={heading} tabIndex={-1}>
        {isUpgrade ? t("portal.amend.upgrade") : t("portal.amend.title", { version: base.version + 1 })}
      </h2>
      <p className="soft">{t(isUpgrade ? "portal.amend.upgrade.lead" : "portal.amend.lead")}</p>
      {hasMovedOn && (
        <div className="notice notice-warn" role="alert">
          <p className="notice-title">{t("portal.amend.moved_on", { version: report.version })}</p>
          <p>{t("portal.amend.moved_on.do")}</p>
          <div className="actions">
            <button className="button button-small" type="button" onClick={rebase}>
              {t("portal.amend.rebase", { version: report.version })}
            </button>
          </div>
        </div>
      )}
      <form className="form" onSubmit={file} noValidate>
        {names.map((name) => {
          const definition = definitions.find((candidate) => candidate.name === name);
          if (definition === undefined) return null;
          return (
            <FactField
              key={name}
              definition={definition}
              fact={amendment.facts[name] ?? base.content.facts?.[name]}
              seenBy={seenBy(recipients, name)}
              onFact={(fact) => setFact(name, fact)}
            />
          );
        })}
        <MoreFacts
          definitions={definitions.filter((definition) => !names.includes(definition.name))}
          onName={(name) => setNames([...names, name])}
        />
        <div className="field">
          <label htmlFor="amend-summary">{t("portal.content.title")}</label>
          <SeenBy names={seenBy(recipients, "report.summary")} />
          <textarea
            id="amend-summary"
            className="textarea"
            value={amendment.summary ?? base.content.summary}
            onChange={(event) => change({ summary: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="amend-technical">
            {t("portal.technical.title")} <span className="optional">{t("portal.optional")}</span>
          </label>
          <SeenBy names={seenBy(recipients, "technical.text")} />
          <textarea
            id="amend-technical"
            className="textarea"
            value={amendment.technicalText ?? technical.text ?? ""}
            onChange={(event) => change({ technicalText: event.target.value })}
          />
        </div>
        <div className="field">
          <label htmlFor="amend-indicators">
            {t("portal.edition.indicators")} <span className="optional">{t("portal.optional")}</span>
          </label>
          <span className="hint" id="amend-indicators-hint">
            {t("portal.edition.indicators.hint")}
          </span>
          <SeenBy names={seenBy(recipients, "technical.indicators")} />
          <textarea
            id="amend-indicators"
            className="textarea input-code"
            aria-describedby="amend-indicators-hint"
            value={amendment.indicators ?? (technical.indicators ?? []).join("\n")}
            onChange={(event) => change({ indicators: event.target.value })}
          />
        </div>
        {send.error !== null && <ProblemNotice problem={send.error} />}
        <div className="form-actions">
          <button className="button button-primary" type="submit" aria-disabled={send.isPending || hasMovedOn}>
            {t("portal.amend.send")}
          </button>
          <button className="button" type="button" onClick={() => onClose()}>
            {t("portal.cancel")}
          </button>
        </div>
      </form>
    </section>
  );
}
