import type { Measure } from "../../api/types";
import { t, textOr } from "../../text/texts";

interface MeasureCardProps {
  measure: Measure;
  isOutdated: boolean;
}

function Found({ title, values, look }: { title: string; values: string[] | undefined; look?: string }) {
  if (values === undefined || values.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {values.map((value) => (
          <li key={value} className={look}>
            {value}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Audiences({ measure }: { measure: Measure }) {
  return (
    <table className="table measure-table">
      <caption>{t("portal.measure.required", { required: measure.required })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("portal.measure.audience")}</th>
          <th scope="col" className="number">
            {t("portal.measure.k")}
          </th>
          <th scope="col">{t("portal.measure.verdict")}</th>
        </tr>
      </thead>
      <tbody>
        {measure.audiences.map(({ audience, k }) => (
          <tr key={audience}>
            <th scope="row">{textOr("portal.watcher.", audience)}</th>
            <td className="number">{t("portal.measure.members", { k })}</td>
            <td>
              <span className={`clock-state ${k >= measure.required ? "clock-ample" : "clock-over"}`}>
                {t(k >= measure.required ? "portal.measure.enough" : "portal.measure.too_few")}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 特定されるおそれ: how many members still fit, for whom, and what tells the most. Words and numbers, never a colour alone. */
export function MeasureCard({ measure, isOutdated }: MeasureCardProps) {
  return (
    <section className="card" aria-labelledby="measure">
      <h2 id="measure">{t("portal.measure.title")}</h2>
      {isOutdated && <p className="notice notice-warn">{t("portal.measure.outdated")}</p>}
      {measure.audiences.length > 0 && <Audiences measure={measure} />}
      {measure.telling.length > 0 && (
        <div>
          <h3>{t("portal.measure.telling")}</h3>
          <ul>
            {measure.telling.map((telling) => (
              <li key={`${telling.attribute} ${telling.value}`}>
                {t("portal.measure.telling.row", {
                  attribute: textOr("portal.attribute.", telling.attribute),
                  value: telling.value,
                  drop: telling.drop,
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Found title={t("portal.measure.identifiers")} values={measure.identifiers} />
      <Found title={t("portal.measure.held")} values={measure.held} look="indicator" />
      <Found title={t("portal.measure.questions")} values={measure.questions} />
    </section>
  );
}
