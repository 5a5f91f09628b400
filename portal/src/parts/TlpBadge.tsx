import type { Tlp } from "../api/types";
import { t } from "../text/texts";

const looks: Record<Tlp, "clear" | "green" | "amber" | "amber-strict" | "red"> = {
  "TLP:CLEAR": "clear",
  "TLP:GREEN": "green",
  "TLP:AMBER": "amber",
  "TLP:AMBER+STRICT": "amber-strict",
  "TLP:RED": "red",
};

/** The label is never translated (TLP 2.0); its meaning may stand beside it. */
export function TlpBadge({ tlp, gloss = false }: { tlp: Tlp; gloss?: boolean }) {
  return (
    <>
      <span className={`tlp tlp-${looks[tlp]}`}>{tlp}</span>
      {gloss && <span className="tlp-gloss">{t(`portal.tlp.${looks[tlp]}`)}</span>}
    </>
  );
}
