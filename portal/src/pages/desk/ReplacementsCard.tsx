import { useEffect, useRef } from "react";
import { KeyHelp } from "../../parts/KeyHelp";
import { t, textOr } from "../../text/texts";
import { type Placed, textAt } from "./compose";
import type { Desk } from "./useDesk";

interface ReplacementProps {
  desk: Desk;
  place: Placed;
  index: number;
  canEdit: boolean;
}

function Steps({ desk, place, index }: Omit<ReplacementProps, "canEdit">) {
  const { span } = place;
  const shown = desk.steps[index];
  const label = t("portal.desk.step_of", { number: index + 1, text: span.text });
  return (
    <select
      className="select"
      aria-label={label}
      value={shown ?? ""}
      onFocus={() => desk.select(index)}
      onChange={(event) => desk.choose(index, Number(event.target.value))}
    >
      {shown === undefined && <option value="">{t("portal.desk.by_hand")}</option>}
      {span.steps.map((step, number) => (
        <option key={step.key} value={number}>
          {number === 0 ? t("portal.desk.keep", { text: span.text }) : step.text || t("portal.desk.removed")}
        </option>
      ))}
    </select>
  );
}

function Replacement({ desk, place, index, canEdit }: ReplacementProps) {
  const item = useRef<HTMLLIElement>(null);
  const { span } = place;
  const isCurrent = index === desk.selected;
  const shown = desk.steps[index];

  useEffect(() => {
    if (isCurrent) item.current?.scrollIntoView?.({ block: "nearest" });
  }, [isCurrent]);

  return (
    <li ref={item} aria-current={isCurrent}>
      <div className="row-head">
        <button className="link-button" type="button" onClick={() => desk.select(index)}>
          {index + 1}. {textOr("portal.span.", span.class)}
        </button>
        <span className="strong">{span.text}</span>
        {shown !== 0 && (
          <span>
            → {shown === undefined ? t("portal.desk.by_hand") : textAt(span, shown) || t("portal.desk.removed")}
          </span>
        )}
        {span.flagged && <span className="badge badge-warn">{t("portal.desk.flagged")}</span>}
        <span className="row-end small soft">
          {t(`portal.side.${span.side}`)} · {t(`portal.confidence.${span.confidence}`)}
        </span>
      </div>
      <p className="small">{span.reason}</p>
      {canEdit && (
        <div className="row">
          {span.steps.length > 1 && <Steps desk={desk} place={place} index={index} />}
          {span.side !== "attacker" && (
            <label className="small">
              <input
                type="checkbox"
                checked={desk.draft.cleared.includes(span.text)}
                onChange={() => desk.toggleCleared(span.text)}
              />{" "}
              {t("portal.desk.clear")}
            </label>
          )}
        </div>
      )}
      {isCurrent && desk.isLost && (
        <p className="error-message" role="alert">
          {t("portal.desk.lost")}
        </p>
      )}
    </li>
  );
}

/** Every span with its class, the reason, and the ways to say it. */
export function ReplacementsCard({ desk, canEdit }: { desk: Desk; canEdit: boolean }) {
  const { placed } = desk.source;
  return (
    <section className="card" aria-labelledby="replacements">
      <div className="card-head">
        <h2 id="replacements">{t("portal.desk.replacements", { count: placed.length })}</h2>
        {placed.length > 0 && (
          <div className="actions">
            <span className="small soft">
              {desk.selected + 1} / {placed.length}
            </span>
            <button className="button button-small" type="button" onClick={() => desk.select(desk.selected - 1)}>
              {t("portal.desk.key.previous")}
            </button>
            <button className="button button-small" type="button" onClick={() => desk.select(desk.selected + 1)}>
              {t("portal.desk.key.next")}
            </button>
          </div>
        )}
      </div>
      {placed.length > 0 && (
        <KeyHelp
          keys={[
            { keys: ["n"], does: t("portal.desk.key.next") },
            { keys: ["p"], does: t("portal.desk.key.previous") },
            ...(canEdit ? [{ keys: ["u"], does: t("portal.desk.key.undo") }] : []),
          ]}
        />
      )}
      {placed.length === 0 && <p className="empty">{t("portal.desk.nothing_found")}</p>}
      <ol className="rows replacements">
        {placed.map((place, index) => (
          <Replacement
            key={`${place.span.field} ${place.span.id}`}
            desk={desk}
            place={place}
            index={index}
            canEdit={canEdit}
          />
        ))}
      </ol>
    </section>
  );
}
