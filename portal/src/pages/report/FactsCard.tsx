import type { Fact, FactDefinition, Facts, Statements } from "../../api/types";
import { Instant } from "../../parts/Instant";
import { nameOf, t } from "../../text/texts";
import { factLabel, factText } from "./factText";

const looks = {
  given: "",
  investigating: "value-pending",
  unknown: "value-unknown",
  not_applicable: "value-not-applicable",
} as const;

interface FactsCardProps {
  facts: Facts;
  statements: Statements;
  definitions: FactDefinition[];
}

/** In the order of the form; what the vocabulary does not know comes last, under its name. */
export function inFormOrder(facts: Facts, definitions: FactDefinition[]): [string, Fact][] {
  const order = new Map(definitions.map((definition, index) => [definition.name, index]));
  const place = (name: string) => order.get(name) ?? definitions.length;
  return Object.entries(facts).sort(([a], [b]) => place(a) - place(b));
}

/** Who said it since when, and what it rests on: small, under the value. */
function Standing({ fact, statement }: { fact: Fact; statement: Statements[string] | undefined }) {
  return (
    <>
      {fact.evidence && (
        <p className="small">
          {t("portal.fact.evidence")}: {fact.evidence}
        </p>
      )}
      {statement && (
        <p className="small soft">
          <Instant at={statement.at} />{" "}
          {t("portal.fact.said", { person: nameOf(statement.by), version: statement.version })}
        </p>
      )}
    </>
  );
}

export function FactsCard({ facts, statements, definitions }: FactsCardProps) {
  const stated = inFormOrder(facts, definitions);
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts">{t("portal.facts.title")}</h2>
      {stated.length === 0 && <p className="empty">{t("portal.facts.none")}</p>}
      <dl className="summary-list">
        {stated.map(([name, fact]) => (
          <div key={name}>
            <dt>{factLabel(definitions, name)}</dt>
            <dd className={looks[fact.state]}>
              {factText(
                fact,
                definitions.find((definition) => definition.name === name),
              )}
              <Standing fact={fact} statement={statements[name]} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
