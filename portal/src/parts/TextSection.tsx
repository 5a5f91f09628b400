import { t } from "../text/texts";

interface TextSectionProps {
  title: string;
  text: string;
  /** What an empty part means: a visible gap, or words such as 示唆は追って. */
  missing?: string;
}

export function TextSection({ title, text, missing }: TextSectionProps) {
  return (
    <div>
      <h3>{title}</h3>
      {text !== "" ? (
        <p className="prose">{text}</p>
      ) : (
        <p>
          <span className="gap">{t("portal.gap")}</span> {missing}
        </p>
      )}
    </div>
  );
}
