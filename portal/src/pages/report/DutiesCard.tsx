import type { Clock, Duty, FactDefinition } from "../../api/types";
import { ClockState } from "../../parts/ClockState";
import { Instant } from "../../parts/Instant";
import { Rest } from "../../parts/Rest";
import { urgency } from "../../parts/urgency";
import { useNow } from "../../text/clock";
import { t } from "../../text/texts";
import { factLabel } from "./factText";

interface DutiesCardProps {
  duties: Duty[];
  definitions: FactDefinition[];
  /** "duty stage" of the stages that everybody concerned has been given. */
  handedIn: ReadonlySet<string>;
}

function RunningState({ clock }: { clock: Clock }) {
  const now = useNow();
  if (clock.state !== "running" || clock.start === undefined || clock.raw === undefined) {
    if (clock.state === "no_term") return <span />;
    return <ClockState state={clock.state === "running" ? "not_started" : clock.state} />;
  }
  return <ClockState state={urgency(clock.start, clock.raw, now)} />;
}

/** Why there is no date: the law's own words where it gives none, else what is awaited. */
function waitingText(clock: Clock): string {
  if (clock.kind === "promptly" || clock.state === "no_term") return clock.deadline ?? t("portal.clock.no_number");
  return t(clock.state === "term_missing" ? "portal.clock.waits_for_term" : "portal.clock.waits");
}

/** The instant first, the rest second; where a holiday moves the day, both days are shown. */
interface StageProps {
  clock: Clock;
  isHandedIn: boolean;
  definitions: FactDefinition[];
}

function Stage({ clock, isHandedIn, definitions }: StageProps) {
  const isMoved = clock.rolled !== undefined && clock.rolled !== clock.raw;
  return (
    <li className="stage">
      <span className="strong">{clock.title}</span>
      <div>
        {clock.applies === "unknown" && clock.missing !== undefined && (
          <p className="small soft">
            {t("portal.clock.if", {
              facts: clock.missing.map((name) => factLabel(definitions, name)).join(t("portal.list_separator")),
            })}
          </p>
        )}
        {clock.raw === undefined ? waitingText(clock) : <Instant at={clock.raw} full />}
        {isMoved && (
          <p className="small soft">
            {t("portal.clock.rolled")} <Instant at={clock.rolled ?? ""} full />
          </p>
        )}
        {clock.house_target !== undefined && (
          <p className="small soft">
            {clock.house_target_label ?? t("portal.clock.house")} <Instant at={clock.house_target} full />
          </p>
        )}
      </div>
      {clock.raw === undefined || isHandedIn ? <span /> : <Rest due={clock.raw} />}
      {isHandedIn ? (
        <span className="badge badge-good">{t("portal.forms.handed_in")}</span>
      ) : (
        <RunningState clock={clock} />
      )}
    </li>
  );
}

function Why({ duty, definitions }: { duty: Duty; definitions: FactDefinition[] }) {
  return (
    <details className="disclosure">
      <summary>{t("portal.duty.why")}</summary>
      <div className="stack stack-tight">
        {duty.summary !== undefined && <p>{duty.summary}</p>}
        <ul>
          {duty.reasons.map((reason) => (
            <li key={reason.text}>{reason.text}</li>
          ))}
        </ul>
        {duty.missing.length > 0 && (
          <p>
            {t("portal.duty.missing")}{" "}
            {duty.missing.map((name) => factLabel(definitions, name)).join(t("portal.list_separator"))}
          </p>
        )}
        <p className="small soft">
          {t("portal.duty.basis", { basis: duty.basis })}
          {duty.verified_on !== undefined && ` · ${t("portal.duty.verified_on", { day: duty.verified_on })}`}
        </p>
      </div>
    </details>
  );
}

function DutyHead({ duty }: { duty: Duty }) {
  return (
    <>
      <div className="row">
        <h3>{duty.title}</h3>
        {duty.nature !== undefined && duty.nature !== "statutory" && <span className="badge">{duty.nature_label}</span>}
        {!duty.verified && <span className="badge badge-warn">{t("portal.duty.unverified")}</span>}
      </div>
      {duty.recipients.length > 0 && (
        <p className="small soft">
          {t("portal.duty.to", { recipients: duty.recipients.join(t("portal.list_separator")) })}
        </p>
      )}
    </>
  );
}

interface StagesProps {
  duty: Duty;
  definitions: FactDefinition[];
  handedIn: ReadonlySet<string>;
}

function Stages({ duty, definitions, handedIn }: StagesProps) {
  if (duty.clocks.length === 0) return null;
  return (
    <ol className="stages">
      {duty.clocks.map((clock) => (
        <Stage
          key={clock.stage + clock.title}
          clock={clock}
          isHandedIn={handedIn.has(`${duty.id} ${clock.stage}`)}
          definitions={definitions}
        />
      ))}
    </ol>
  );
}

function FiringDuty({ duty, definitions, handedIn }: Omit<DutiesCardProps, "duties"> & { duty: Duty }) {
  return (
    <li>
      <DutyHead duty={duty} />
      <Stages duty={duty} definitions={definitions} handedIn={handedIn} />
      <Why duty={duty} definitions={definitions} />
    </li>
  );
}

/** The nearest deadline of a duty; one without a number stands behind those with one. */
function nearest(duty: Duty): string {
  return duty.clocks.reduce((least, { raw }) => (raw !== undefined && raw < least ? raw : least), "~");
}

/** 該当の可能性 first, then what still needs an answer; the rest folded. Never a verdict of law. */
export function DutiesCard({ duties, definitions, handedIn }: DutiesCardProps) {
  const firing = duties.filter((duty) => duty.verdict === "fires").sort((a, b) => nearest(a).localeCompare(nearest(b)));
  const open = duties.filter((duty) => duty.verdict === "may_fire");
  const proposed = duties.filter((duty) => duty.verdict === "proposed");
  const others = duties.filter((duty) => duty.verdict === "does_not");
  return (
    <section className="card" aria-labelledby="duties">
      <div className="card-head">
        <h2 id="duties">{t("portal.duties.title")}</h2>
        <span className="small soft">{t("portal.duties.caution")}</span>
      </div>
      {firing.length === 0 && <p className="empty">{t("portal.duties.none")}</p>}
      <ul className="rows duties">
        {firing.map((duty) => (
          <FiringDuty key={duty.id} duty={duty} definitions={definitions} handedIn={handedIn} />
        ))}
      </ul>
      {open.length > 0 && (
        <details className="disclosure" open={firing.length === 0}>
          <summary>{t("portal.duties.open", { count: open.length })}</summary>
          <ul className="rows duties">
            {open.map((duty) => (
              <li key={duty.id}>
                <DutyHead duty={duty} />
                <Stages duty={duty} definitions={definitions} handedIn={handedIn} />
                <Why duty={duty} definitions={definitions} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {proposed.length > 0 && (
        <details className="disclosure">
          <summary>{t("portal.duties.proposed", { count: proposed.length })}</summary>
          <ul className="rows duties">
            {proposed.map((duty) => (
              <li key={duty.id}>
                <DutyHead duty={duty} />
                <Why duty={duty} definitions={definitions} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {others.length > 0 && (
        <details className="disclosure">
          <summary>{t("portal.duties.not", { count: others.length })}</summary>
          <ul>
            {others.map((duty) => (
              <li key={duty.id}>{duty.title}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
