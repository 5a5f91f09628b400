import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { presenceFor, type StepUp } from "../api/presence";
import { meansQuery } from "../api/queries";
import { t } from "../text/texts";

interface PresenceDialogProps {
  title: string;
  action: string;
  /** The act that the proof is for: "review.approve ID REVISION". */
  purpose: string;
  onProof: (proof: StepUp) => void;
  onClose: () => void;
  children?: ReactNode;
}

/** The last step of an act that asks the person to show that it is them. */
export function PresenceDialog({ title, action, purpose, onProof, onClose, children }: PresenceDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [typed, setTyped] = useState("");
  const means = useQuery(meansQuery).data;

  useEffect(() => dialog.current?.showModal(), []);

  const confirm = (event: FormEvent) => {
    event.preventDefault();
    if (means === undefined) return;
    // Turned away at the authenticator: the dialog stays, and may be tried again.
    presenceFor(purpose, means, typed.trim()).then(onProof, () => undefined);
  };

  return (
    <dialog className="dialog" ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <form className="stack" onSubmit={confirm}>
        <h2 id={titleId}>{title}</h2>
        {children}
        {(means?.totp || means?.password) && (
          <label className="field">
            <span className="label">{t(means.totp ? "portal.step_up.totp" : "portal.step_up.password")}</span>
            <input
              className="input"
              type={means.totp ? "text" : "password"}
              autoComplete={means.totp ? "one-time-code" : "current-password"}
              required={!means.passkey}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
        )}
        {means?.passkey && <p className="hint">{t("portal.step_up.passkey")}</p>}
        <div className="actions">
          <button className="button button-primary" type="submit" aria-disabled={means === undefined}>
            {action}
          </button>
          <button className="button" type="button" onClick={onClose}>
            {t("portal.cancel")}
          </button>
        </div>
      </form>
    </dialog>
  );
}
