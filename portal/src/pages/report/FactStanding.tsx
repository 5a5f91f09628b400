// How well a fact is known: an estimate or not, how exactly a time is known, and what it rests on.
import type { Fact, FactDefinition } from "../../api/types";
import { t, textOr } from "../../text/texts";

export type Standing = Pick<Fact, "estimated" | "precision" | "evidence">;

const precisions = ["minute", "hour", "day", "month"] as const;

/** The fact with its standing; what cannot stand beside its state is left out. */
export function withStanding(definition: FactDefinition, fact: Fact, standing: Standing): Fact {
  const isGiven = fact.state === "given";
  return {
    ...fact,
    ...(isGiven && standing.estimated ? { estimated: true } : {}),
    ...(isGiven && definition.kind === "time" && standing.precision ? { precision: standing.precision } : {}),
    ...(standing.evidence ? { evidence: standing.evidence } : {}),
  };
}

interface FactStandingProps {
  definition: FactDefinition;
  standing: Standing;
  isGiven: boolean;
  onStanding: (standing: Standing) => void;
}

export function FactStanding({ definition, standing, isGiven, onStanding }: FactStandingProps) {
  const { label } = definition;
  return (
    <details className="disclosure">
      <summary>{t("portal.fact.more")}</summary>
      <div className="row">
        {isGiven && (
          <label className="choice">
            <input
              type="checkbox"
              checked={standing.estimated ?? false}
              onChange={(event) => onStanding({ ...standing, estimated: event.target.checked })}
            />
            {t("portal.fact.is_estimated")}
          </label>
        )}
        {isGiven && definition.kind === "time" && (
          <select
            className="select input-medium"
            aria-label={t("portal.fact.precision_of", { label })}
            value={standing.precision ?? "minute"}
            onChange={(event) =>
              onStanding({ ...standing, precision: event.target.value as NonNullable<Fact["precision"]> })
            }
          >
            {precisions.map((precision) => (
              <option key={precision} value={precision}>
                {textOr("portal.fact.precision.", precision)}
              </option>
            ))}
          </select>
        )}
        <input
          className="input"
          type="text"
          maxLength={2000}
          aria-label={t("portal.fact.evidence_of", { label })}
          placeholder={t("portal.fact.evidence")}
          value={standing.evidence ?? ""}
          onChange={(event) => onStanding({ ...standing, evidence: event.target.value })}
        />
      </div>
    </details>
  );
}
