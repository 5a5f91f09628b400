import { useId, useState } from "react";
import type { Fact, FactDefinition } from "../../api/types";
import { t, textOr } from "../../text/texts";
import { FactControl } from "./FactControl";
import { FactStanding, type Standing, withStanding } from "./FactStanding";
import { type FactState, fieldText, typedFact } from "./factValue";

const states: FactState[] = ["given", "investigating", "unknown", "not_applicable"];

interface FactFieldProps {
  definition: FactDefinition;
  fact: Fact | undefined;
  /** Who will see it once it is sent. */
  seenBy?: string;
  onFact: (fact: Fact) => void;
}

/** One fact: its state, and its value when it is given. 「まだわからない」 is a full answer. */
export function FactField({ definition, fact, seenBy = "", onFact }: FactFieldProps) {
  const id = useId();
  const [state, setState] = useState<FactState | undefined>(fact?.state);
  const [text, setText] = useState(fieldText(definition, fact));
  const [standing, setStanding] = useState<Standing>({
    estimated: fact?.estimated,
    precision: fact?.precision,
    evidence: fact?.evidence,
  });
  const isUnreadable = state === "given" && text.trim() !== "" && typedFact(definition, text) === undefined;

  const tell = (as: FactState | undefined, typed: string, known: Standing) => {
    if (as === undefined) return;
    const stated: Fact | undefined = as === "given" ? typedFact(definition, typed) : { state: as };
    if (stated !== undefined) onFact(withStanding(definition, stated, known));
  };

  const choose = (next: FactState) => {
    setState(next);
    tell(next, text, standing);
  };

  const type = (next: string) => {
    setText(next);
    setState("given");
    tell("given", next, standing);
  };

  const know = (next: Standing) => {
    setStanding(next);
    tell(state, text, next);
  };

  return (
    <fieldset className={isUnreadable ? "field field-invalid" : "field"}>
      <legend>{definition.label}</legend>
      {seenBy !== "" && <p className="hint">{t("portal.seen_by", { names: seenBy })}</p>}
      {isUnreadable && (
        <p className="error-message" id={`${id}-error`}>
          {t("portal.fact.not_a_number")}
        </p>
      )}
      <div className="field-group fact-field">
        <FactControl
          definition={definition}
          text={text}
          errorId={isUnreadable ? `${id}-error` : undefined}
          onText={type}
        />
        <select
          className="select input-medium"
          aria-label={t("portal.fact.state_of", { label: definition.label })}
          value={state ?? ""}
          onChange={(event) => choose(event.target.value as FactState)}
        >
          {state === undefined && <option value="">{t("portal.fact.unanswered")}</option>}
          {states.map((value) => (
            <option key={value} value={value}>
              {textOr("portal.fact.state.", value)}
            </option>
          ))}
        </select>
      </div>
      <FactStanding definition={definition} standing={standing} isGiven={state === "given"} onStanding={know} />
    </fieldset>
  );
}
