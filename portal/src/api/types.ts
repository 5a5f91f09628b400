// Names for what the API description calls things.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Named = Schemas["Named"];
export type Home = Schemas["Home"];
export type HomeClock = Schemas["HomeClock"];
export type DraftSummary = Schemas["DraftSummary"];
export type Notice = Schemas["Notice"];
export type Readers = Schemas["Readers"];
export type SeenBy = Schemas["SeenBy"];
export type Tlp = Readers["tlp"];
export type Fact = Schemas["Fact"];
export type Facts = Schemas["Facts"];
export type ReportContent = Schemas["ReportContent"];
export type ReportSummary = Schemas["ReportSummary"];
export type ReportVersion = Schemas["ReportVersion"];
export type Report = Schemas["Report"];
export type Statements = Report["statements"];
export type Assessment = Schemas["Assessment"];
export type Duty = Schemas["Duty"];
export type Clock = Schemas["Clock"];
export type ReviewSummary = Schemas["ReviewSummary"];
export type FormOffer = Schemas["FormOffer"];
export type Deliveries = Schemas["Deliveries"];
export type Recipient = Schemas["Recipient"];
export type ReportRecipients = Schemas["ReportRecipients"];
export type Submission = Schemas["Submission"];
export type Review = Schemas["Review"];
export type ReviewEdit = Schemas["ReviewEdit"];
export type Audience = NonNullable<ReviewEdit["audience"]>;
export type Edition = Schemas["Edition"];
export type EditionInput = Schemas["EditionInput"];
export type Span = Schemas["Span"];
export type Measure = Schemas["Measure"];
export type ReleaseSummary = Schemas["ReleaseSummary"];
export type Case = Schemas["Case"];
export type CaseDetail = Schemas["CaseDetail"];
export type SourceHealth = Schemas["SourceHealth"];
export type ProblemDocument = Schemas["Problem"];

export type FactDefinition = {
  name: string;
  kind: "flag" | "number" | "text" | "choice" | "choices" | "time";
  unit?: string;
  label: string;
  choices?: { value: string; label: string }[];
  technical?: boolean;
};
