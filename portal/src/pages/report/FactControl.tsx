import type { FactDefinition } from "../../api/types";
import { t, textOr } from "../../text/texts";

interface FactControlProps {
  definition: FactDefinition;
  text: string;
  errorId: string | undefined;
  onText: (text: string) => void;
}

function Options({ definition, text, onText }: FactControlProps) {
  const choices =
    definition.kind === "flag"
      ? [
          { value: "true", label: t("portal.fact.yes") },
          { value: "false", label: t("portal.fact.no") },
        ]
      : (definition.choices ?? []);
  return (
    <select
      className="select input-medium"
      aria-label={definition.label}
      value={text}
      onChange={(event) => onText(event.target.value)}
    >
      <option value="">{t("portal.fact.choose")}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

function Boxes({ definition, text, onText }: FactControlProps) {
  const chosen = new Set(text.split(" ").filter((value) => value !== ""));
  const toggle = (value: string) => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    onText([...next].join(" "));
  };
  return (
    <div className="choices">
      {(definition.choices ?? []).map((choice) => (
        <label key={choice.value} className="choice">
          <input type="checkbox" checked={chosen.has(choice.value)} onChange={() => toggle(choice.value)} />
          {choice.label}
        </label>
      ))}
    </div>
  );
}

/** The control for the kind of fact. Times are typed and read in Japan's time. */
export function FactControl(props: FactControlProps) {
  const { definition, text, errorId, onText } = props;
  if (definition.kind === "flag" || definition.kind === "choice") return <Options {...props} />;
  if (definition.kind === "choices") return <Boxes {...props} />;
  const unit = definition.unit === undefined || definition.unit === "" ? "" : textOr("portal.unit.", definition.unit);
  return (
    <span className="row">
      <input
        className={definition.kind === "text" ? "input" : "input input-medium"}
        type={definition.kind === "time" ? "datetime-local" : "text"}
        inputMode={definition.kind === "number" ? "decimal" : undefined}
        aria-label={definition.label}
        aria-describedby={errorId}
        aria-invalid={errorId !== undefined}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      {definition.kind === "time" ? (
        <span className="soft">JST</span>
      ) : (
        unit !== "" && <span className="soft">{unit}</span>
      )}
    </span>
  );
}
