import { useEffect, useRef } from "react";
import type { Review } from "../../api/types";
import { ReaderList } from "../../parts/Readers";
import { t } from "../../text/texts";

interface ApproveDialogProps {
  review: Review;
  onConfirm: () => void;
  onClose: () => void;
}

/** The last look: what goes out, and exactly who will read it. */
export function ApproveDialog({ review, onConfirm, onClose }: ApproveDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => dialog.current?.showModal(), []);

  return (
    <dialog className="dialog" ref={dialog} aria-labelledby="approve-title" onClose={onClose}>
      <div className="stack">
        <h2 id="approve-title">{t("portal.approve.title")}</h2>
        <p className="strong">{review.edition.title}</p>
        <p>{t(review.approvals > 0 ? "portal.approve.second" : "portal.approve.first")}</p>
        <h3>{t("portal.readers.will")}</h3>
        <ReaderList readers={review.readers} isOpen />
        <div className="actions">
          <button className="button button-primary" type="button" onClick={onConfirm}>
            {t("portal.approve.do")}
          </button>
          <button className="button" type="button" onClick={onClose}>
            {t("portal.cancel")}
          </button>
        </div>
      </div>
    </dialog>
  );
}
