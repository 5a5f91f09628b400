// Writes the payloads into everything that people may write, through the public interface and with the roles that may.
import { payloads } from "./payloads.mjs";

/** As many payloads together as a field of that many characters takes. */
export function inPieces(most) {
  const pieces = [];
  let piece = "";
  for (const payload of payloads) {
    if (piece !== "" && [...piece].length + 1 + [...payload].length > most) {
      pieces.push(piece);
      piece = "";
    }
    piece += (piece === "" ? "" : "\n") + payload;
  }
  return [...pieces, piece];
}

const all = payloads.join("\n");
const titles = inPieces(180);
const contacts = inPieces(900);

export function client(server, key) {
  return async (method, path, body, headers = {}) => {
    const isText = typeof body === "string";
    const response = await fetch(server.url + path, {
      method,
      headers: { Authorization: `Bearer ${server.accounts[key].api_token}`, "Content-Type": "application/json", ...headers },
      body: body === undefined || isText ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, json: /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : {} };
  };
}

function mustBe(status, answer, what) {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.json)}`);
  return answer.json;
}

function report(n) {
  return {
    kind: "incident",
    scope: "members_anonymously",
    technical_preconsent: true,
    title: titles[n % titles.length],
    summary: n === 0 ? all : `S ${titles[n % titles.length]}`,
    contact: contacts[n % contacts.length],
    facts: { "t.detected": "2026-01-05T02:05:00+09:00", "inc.cyber": "suspected" },
    technical: { text: n < 3 ? all : "T", indicators: ["203.0.113.7"] },
  };
}

/** Ids of reports, the first with every payload in one text. */
export async function fileReports(server) {
  const member = client(server, "member_a_soc");
  const ids = [];
  for (let n = 0; n < Math.max(titles.length, contacts.length); ++n)
    ids.push(mustBe(201, await member("POST", "/api/v1/reports", report(n)), "report").id);
  mustBe(201, await member("POST", `/api/v1/reports/${ids[0]}/versions`, { based_on: 1, ...report(0) }), "version");
  return ids;
}

function edition(n) {
  return {
    kind: "story",
    title: titles[n % titles.length],
    body: n < 3 ? all : `B ${titles[n]}`,
    implication: n < 3 ? all : titles[n],
    check: n < 3 ? all : titles[n],
    mitigation: n < 3 ? all : titles[n],
    indicators: ["203.0.113.7"],
  };
}

/** Reviews with the payloads in every text, and releases of those that the anonymiser lets go. */
export async function writeEditions(server, reports) {
  const first = client(server, "analyst1");
  const second = client(server, "analyst2");
  const made = { reviews: [], releases: [] };
  for (const [n, id] of reports.slice(0, titles.length).entries()) {
    const opened = mustBe(201, await first("POST", `/api/v1/reports/${id}/reviews`, {}), "review");
    const edit = { revision: opened.revision, edition: edition(n), tlp: "TLP:AMBER", audience: "members", cleared: titles.slice(0, 3), pseudonyms: { [titles[n]]: "A" } };
    const edited = mustBe(200, await first("PUT", `/api/v1/reviews/${opened.id}`, edit), "edition");
    made.reviews.push(opened.id);
    // Both analysts of the demo show their password as proof that they are there.
    const approval = (key) => ({ revision: edited.revision, step_up: { password: server.accounts[key].password } });
    await first("POST", `/api/v1/reviews/${opened.id}/approvals`, approval("analyst1"));
    const approved = await second("POST", `/api/v1/reviews/${opened.id}/approvals`, approval("analyst2"));
    if (approved.json.release_id) made.releases.push(approved.json.release_id);
  }
  for (const [n, reason] of inPieces(1_800).entries()) {
    if (n >= made.releases.length) break;
    mustBe(201, await first("POST", `/api/v1/releases/${made.releases[n]}/reviews`, { purpose: "withdrawal", reason }), "reason");
  }
  return made;
}

const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** Cases from an advisory list of which every column holds payloads. */
export async function importAdvisories(server) {
  const analyst = client(server, "analyst1");
  const head = "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,knownRansomwareCampaignUse,notes,cwes";
  const rows = inPieces(600).map((piece, n) => {
    const text = quoted(piece);
    return `CVE-2025-${10_000 + n},${text},${text},${text},2026-01-01,${text},${text},2026-02-01,Unknown,${text},`;
  });
  mustBe(201, await analyst("POST", "/api/v1/imports?source=kev&file=kev.csv", `${head}\n${rows.join("\n")}\n`, { "Content-Type": "text/csv" }), "import");
  const cases = mustBe(200, await analyst("GET", "/api/v1/cases?limit=200"), "cases").items;
  return cases.map(({ id }) => id);
}

/** Objects of a partner; every text of theirs is a payload. */
export async function postObjects(server) {
  const partner = client(server, "partner_isac");
  const collections = mustBe(200, await partner("GET", "/taxii2/api/collections/", undefined, { Accept: "application/taxii+json;version=2.1" }), "collections");
  const { id } = collections.collections.find(({ can_write: may }) => may);
  const objects = inPieces(2_000).map((piece, n) => ({
    type: "indicator", spec_version: "2.1", id: `indicator--00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    created: "2026-01-01T00:00:00.000Z", modified: "2026-01-01T00:00:00.000Z", name: piece, description: piece, labels: [piece],
    pattern: "[ipv4-addr:value = '203.0.113.9']", pattern_type: "stix", valid_from: "2026-01-01T00:00:00Z",
    external_references: [{ source_name: piece, url: payloads[0], description: piece }],
  }));
  const type = "application/taxii+json;version=2.1";
  mustBe(202, await partner("POST", `/taxii2/api/collections/${id}/objects/`, { objects }, { "Content-Type": type, Accept: type }), "objects");
}

/** As many payloads together as one line of 300 bytes takes. */
function inLines() {
  const lines = [];
  for (const payload of payloads.filter((one) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(one) && Buffer.byteLength(one) <= 300)) {
    const last = lines.at(-1);
    if (last !== undefined && Buffer.byteLength(`${last} ${payload}`) <= 300) lines[lines.length - 1] = `${last} ${payload}`;
    else lines.push(payload);
  }
  return lines;
}

/** Pointers of which every text is payloads; their ids. */
export async function postPointers(server) {
  const member = client(server, "member_a_lead");
  const ids = [];
  for (const line of inLines()) {
    const pointer = { holder: line, system: "foreign", reference: line, contact: line, dated: "2026-01-05", audience: "members" };
    ids.push(mustBe(201, await member("POST", "/api/v1/pointers", pointer), "pointer").id);
  }
  return ids;
}

/** Reports without a name of which every text is payloads, answered with payloads: their ids, and their codes. */
export async function tellUnnamed(server) {
  const plain = (text) => text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
  const codes = [];
  for (const [n, piece] of inPieces(1_400).entries()) {
    const line = inLines()[n % inLines().length];
    const words = { step: "send", key: `unnamed-${n}`, details: plain(piece), place: line, wish: line, name: line, contact: line };
    const sent = await fetch(`${server.url}/easy/report`, { method: "POST", body: new URLSearchParams(words) });
    const page = mustBeText(200, sent.status, await sent.text());
    codes.push(page.match(/class="receipt-code"[^>]*>([\s\S]*?)<\/p>/)[1].replaceAll(/<[^>]*>/g, ""));
    await fetch(`${server.url}/r`, { method: "POST", body: new URLSearchParams({ step: "more", key: `more-${n}`, code: codes.at(-1), text: plain(piece) }) });
  }
  const analyst = client(server, "analyst1");
  const ids = mustBe(200, await analyst("GET", "/api/v1/unnamed?limit=200"), "unnamed").items.map(({ id }) => id);
  for (const id of ids) {
    mustBe(201, await analyst("POST", `/api/v1/unnamed/${id}/answers`, { text: plain(inPieces(1_400)[0]) }), "answer");
    const wish = { reason: inPieces(900)[0], step_up: { password: server.accounts.analyst1.password } };
    mustBe(201, await analyst("POST", `/api/v1/unnamed/${id}/identity`, wish), "request");
  }
  return { ids, codes };
}

function mustBeText(status, got, text) {
  if (got !== status) throw new Error(`${got} instead of ${status}: ${text.slice(0, 400)}`);
  return text;
}

/** Proposals of other readers for a release, whose reasons are payloads. */
export async function proposeReaders(server, release) {
  const analyst = client(server, "analyst1");
  for (const reason of inPieces(900)) {
    const wish = { tlp: "TLP:AMBER+STRICT", audience: "members", reason, step_up: { password: server.accounts.analyst1.password } };
    mustBe(201, await analyst("POST", `/api/v1/releases/${release}/relabellings`, wish), "proposal");
  }
}

function resolved(description, schema) {
  let here = schema;
  while (here?.$ref) here = here.$ref.slice(2).split("/").reduce((at, step) => at[step], description);
  return here ?? {};
}

/** A body of this schema in which every free text is a payload; one value of each enumeration. */
function bodyOf(description, schema, n, depth = 0) {
  const here = resolved(description, schema);
  if (here.enum) return here.enum[n % here.enum.length];
  const composed = [...(here.allOf ?? []), ...(here.oneOf ?? here.anyOf ?? []).slice(0, 1)];
  if (composed.length > 0) return Object.assign({}, ...composed.map((part) => bodyOf(description, part, n, depth + 1)));
  const type = Array.isArray(here.type) ? here.type[0] : here.type;
  if (type === "array") return depth > 5 ? [] : [bodyOf(description, here.items, n, depth + 1)];
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return true;
  if (here.properties === undefined) return type === "object" ? {} : payloads[n % payloads.length];
  return Object.fromEntries(Object.entries(here.properties).map(([name, part]) => [name, bodyOf(description, part, n, depth + 1)]));
}

/** Every write that the description names, with payloads in every text, whether it is taken or refused. A new route joins by itself. */
export async function writeEverywhere(server, ids) {
  const description = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
  const tally = { asked: 0, taken: 0 };
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const schema = resolved(description, operation.requestBody)?.content?.["application/json"]?.schema;
      if (schema === undefined || path === "/api/v1/session") continue;
      for (const key of ["analyst1", "member_a_lead", "operator"]) {
        for (let n = 0; n < 3; ++n) {
          const target = path.replaceAll(/\{\w+\}/g, ids[n % ids.length]);
          const answer = await client(server, key)(method.toUpperCase(), target, bodyOf(description, schema, n * 101));
          if (answer.status >= 500 && answer.status !== 503) throw new Error(`${method} ${path}: ${answer.status}`);
          ++tally.asked;
          if (answer.status < 300) ++tally.taken;
        }
      }
    }
  }
  return tally;
}
