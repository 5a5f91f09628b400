// The review desk's state: the server's review, what is being edited on top of it, and which span is looked at.
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, bodyOf } from "../../api/client";
import { reviewQuery } from "../../api/queries";
import type { Review, ReviewEdit } from "../../api/types";
import { useAction } from "../../api/useAction";
import { announce } from "../../app/announce";
import { t } from "../../text/texts";
import { sourceOf, stepsShown, withStep } from "./compose";
import { type Draft, draftOf, editOf, isSame, technicalOnly, withProposal } from "./draft";

export function useDesk(review: Review) {
  const client = useQueryClient();
  const [base, setBase] = useState(review);
  const [draft, setDraft] = useState(() => draftOf(review));
  const [selected, setSelected] = useState(0);
  const [isLost, setLost] = useState(false);
  const source = useMemo(() => sourceOf(base), [base]);
  const isDirty = !isSame(draft, draftOf(base));
  const hasMovedOn = review.revision > base.revision;

  const take = (fresh: Review) => {
    setBase(fresh);
    setDraft(draftOf(fresh));
  };
  // Somebody else's edit shows at once while nothing is typed here.
  if (hasMovedOn && !isDirty) take(review);

  const adopt = (fresh: Review) => {
    client.setQueryData(reviewQuery(review.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["home"] });
  };
  const save = useAction(
    (edit: ReviewEdit, key) =>
      bodyOf(
        api.PUT("/api/v1/reviews/{id}", {
          params: { path: { id: review.id }, header: { "Idempotency-Key": key } },
          body: edit,
        }),
      ),
    (fresh) => {
      take(fresh);
      adopt(fresh);
      announce(t("portal.desk.saved", { revision: fresh.revision }));
    },
  );

  const change = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }));
  const choose = (index: number, step: number) => {
    const texts = withStep(draft, source, index, step);
    setLost(texts === undefined);
    setSelected(index);
    if (texts !== undefined) change({ title: texts.title, body: texts.body });
  };
  const saveAs = (next: Draft) => {
    setDraft(next);
    if (!save.isPending) save.mutate(editOf(next, base));
  };

  return {
    base,
    draft,
    source,
    steps: stepsShown(draft, source),
    selected,
    isLost,
    isDirty,
    hasMovedOn: hasMovedOn && isDirty,
    save,
    change,
    choose,
    select: (index: number) => {
      setLost(false);
      setSelected(Math.max(0, Math.min(index, source.placed.length - 1)));
    },
    adopt,
    reload: () => take(review),
    submit: () => saveAs(draft),
    useProposal: () => saveAs(withProposal(draft, base)),
    useTechnicalOnly: () => saveAs(technicalOnly(draft, base)),
    toggleCleared: (text: string) =>
      change({
        cleared: draft.cleared.includes(text)
          ? draft.cleared.filter((cleared) => cleared !== text)
          : [...draft.cleared, text],
      }),
  };
}

export type Desk = ReturnType<typeof useDesk>;
