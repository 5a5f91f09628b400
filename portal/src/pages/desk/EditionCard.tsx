import { useState } from "react";
import type { Review } from "../../api/types";
import { t } from "../../text/texts";
import { EditionForm } from "./EditionForm";
import { EditionPreview } from "./EditionPreview";
import type { Desk } from "./useDesk";

interface EditionCardProps {
  review: Review;
  desk: Desk;
}

/** The text that goes out: to be edited, or exactly as its readers will get it. */
export function EditionCard({ review, desk }: EditionCardProps) {
  const [view, setView] = useState<"edit" | "preview">("edit");
  const isEditing = review.abilities.edit && view === "edit";

  return (
    <section className="card" aria-labelledby="edition">
      <h2 id="edition">{t("portal.desk.edition")}</h2>
      {review.abilities.edit && (
        <div className="tabs">
          <button type="button" aria-pressed={isEditing} onClick={() => setView("edit")}>
            {t("portal.desk.view.edit")}
          </button>
          <button type="button" aria-pressed={!isEditing} onClick={() => setView("preview")}>
            {t("portal.desk.view.preview")}
          </button>
        </div>
      )}
      {isEditing ? <EditionForm desk={desk} /> : <EditionPreview review={review} isOutdated={desk.isDirty} />}
    </section>
  );
}
