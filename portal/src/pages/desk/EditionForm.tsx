import type { FormEvent } from "react";
import { t } from "../../text/texts";
import type { Draft } from "./draft";
import type { Desk } from "./useDesk";

type TextName = "title" | "body" | "implication" | "check" | "mitigation" | "indicators" | "techniques" | "cves";

interface TextFieldProps {
  desk: Desk;
  name: TextName;
  look: "line" | "text" | "code";
  hint?: string;
}

function TextField({ desk, name, look, hint }: TextFieldProps) {
  const id = `edition-${name}`;
  const shared = {
    id,
    value: desk.draft[name],
    "aria-describedby": hint === undefined ? undefined : `${id}-hint`,
    onChange: (event: { target: { value: string } }) =>
      desk.change({ [name]: event.target.value } satisfies Partial<Draft>),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t(`portal.edition.${name}`)}</label>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {look === "line" ? (
        <input className="input" {...shared} />
      ) : (
        <textarea className={look === "code" ? "textarea input-code" : "textarea"} {...shared} />
      )}
    </div>
  );
}

export function EditionForm({ desk }: { desk: Desk }) {
  const save = (event: FormEvent) => {
    event.preventDefault();
    desk.submit();
  };

  return (
    <form className="form edition-form" onSubmit={save} noValidate>
      {desk.draft.kind === "technical_only" && <p className="notice">{t("portal.desk.is_technical")}</p>}
      <TextField desk={desk} name="title" look="line" />
      <TextField desk={desk} name="body" look="text" />
      <TextField desk={desk} name="implication" look="text" hint={t("portal.edition.implication.hint")} />
      <TextField desk={desk} name="check" look="text" />
      <TextField desk={desk} name="mitigation" look="text" />
      <TextField desk={desk} name="indicators" look="code" hint={t("portal.edition.indicators.hint")} />
      <TextField desk={desk} name="techniques" look="code" hint={t("portal.edition.techniques.hint")} />
      <TextField desk={desk} name="cves" look="code" />
      <div className="form-actions">
        <button className="button button-primary" type="submit" aria-disabled={!desk.isDirty || desk.save.isPending}>
          {t("portal.desk.save")}
        </button>
        <span className="small soft" role="status">
          {t(desk.isDirty ? "portal.desk.unsaved" : "portal.desk.is_saved")}
        </span>
      </div>
    </form>
  );
}
