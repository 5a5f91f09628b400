import type { Audience, Tlp } from "../../api/types";
import { t } from "../../text/texts";
import type { Desk } from "./useDesk";

const audiences: Audience[] = ["members", "members_and_technical", "community"];
const tlps: Tlp[] = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"];

/** For whom the edition is made. The names of those who will read it come back from the server after saving. */
export function AudienceFields({ desk }: { desk: Desk }) {
  return (
    <div className="field-group">
      <div className="field">
        <label htmlFor="audience">{t("portal.desk.audience")}</label>
        <select
          id="audience"
          className="select"
          value={desk.draft.audience}
          onChange={(event) => desk.change({ audience: event.target.value as Audience })}
        >
          {audiences.map((audience) => (
            <option key={audience} value={audience}>
              {t(`portal.audience.${audience}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="tlp">{t("portal.desk.tlp")}</label>
        <select
          id="tlp"
          className="select"
          value={desk.draft.tlp}
          onChange={(event) => desk.change({ tlp: event.target.value as Tlp })}
        >
          {tlps.map((tlp) => (
            <option key={tlp} value={tlp}>
              {tlp}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
