import type { StepUp } from "../../api/presence";
import type { Review } from "../../api/types";
import { PresenceDialog } from "../../parts/PresenceDialog";
import { ReaderList } from "../../parts/Readers";
import { t } from "../../text/texts";

interface ApproveDialogProps {
  review: Review;
  onConfirm: (proof: StepUp) => void;
  onClose: () => void;
}

/** The last look: what goes out, and exactly who will read it. */
export function ApproveDialog({ review, onConfirm, onClose }: ApproveDialogProps) {
  return (
    <PresenceDialog
      title={t("portal.approve.title")}
      action={t("portal.approve.do")}
      purpose={`review.approve ${review.id} ${review.revision}`}
      onProof={onConfirm}
      onClose={onClose}
    >
      <p className="strong">{review.edition.title}</p>
      <p>{t(review.approvals > 0 ? "portal.approve.second" : "portal.approve.first")}</p>
      <h3>{t("portal.readers.will")}</h3>
      <ReaderList readers={review.readers} isOpen />
    </PresenceDialog>
  );
}
