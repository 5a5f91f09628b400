import { type ReactNode, useEffect, useRef } from "react";
import { t, textOr } from "../../text/texts";
import type { Part, Placed } from "./compose";
import type { Desk } from "./useDesk";

interface MarkProps {
  place: Placed;
  number: number;
  isCurrent: boolean;
  /** The step it shows in the edition; nothing where that was rewritten by hand. */
  step: number | undefined;
  onSelect: () => void;
}

function look(place: Placed, step: number | undefined): string {
  if (step !== 0) return "mark mark-replaced";
  return place.span.side === "attacker" ? "mark mark-kept" : "mark";
}

function Mark({ place, number, isCurrent, step, onSelect }: MarkProps) {
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (isCurrent) button.current?.scrollIntoView?.({ block: "nearest" });
  }, [isCurrent]);

  return (
    <button
      ref={button}
      type="button"
      className={look(place, step)}
      aria-current={isCurrent}
      title={textOr("portal.span.", place.span.class)}
      onClick={onSelect}
    >
      <span className="mark-number">{number}</span>
      {place.span.text}
    </button>
  );
}

function Marked({ desk, part }: { desk: Desk; part: Part }) {
  const pieces: ReactNode[] = [];
  const text = desk.source[part];
  let at = 0;
  desk.source.placed.forEach((place, index) => {
    if (place.part !== part) return;
    pieces.push(text.slice(at, place.begin));
    pieces.push(
      <Mark
        key={`${place.span.field} ${place.span.id}`}
        place={place}
        number={index + 1}
        isCurrent={index === desk.selected}
        step={desk.steps[index]}
        onSelect={() => desk.select(index)}
      />,
    );
    at = place.end;
  });
  pieces.push(text.slice(at));
  return <>{pieces}</>;
}

/** What the reporter wrote, with everything that may identify it marked and numbered. */
export function OriginalCard({ desk }: { desk: Desk }) {
  return (
    <section className="card" aria-labelledby="original">
      <div className="card-head">
        <h2 id="original">{t("portal.desk.original")}</h2>
        <span className="small soft">{t("portal.desk.original.readers")}</span>
      </div>
      {desk.source.title !== "" && (
        <p className="original strong">
          <Marked desk={desk} part="title" />
        </p>
      )}
      <p className="original">
        <Marked desk={desk} part="body" />
      </p>
      <p className="small soft">{t("portal.desk.legend")}</p>
    </section>
  );
}
