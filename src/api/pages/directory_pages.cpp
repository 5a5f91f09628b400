// The own organisation, groups, and changes of the directory, without JavaScript: propose, see what would happen,
// agree.
#include "api/pages/directory_parts.h"
#include "api/pages/frame.h"
#include "api/pages/pages.h"
#include "api/present_directory.h"
#include "api/problem.h"
#include "api/session_cookie.h"
#include "api/step_up_answer.h"
#include "base/text.h"
#include "policy/authority.h"
#include "policy/permit.h"

namespace hinomi::api {
namespace {

namespace action = policy::action;

bool of_secretariat(const Visit& visit) {
  return policy::standing_of(visit.who().principal) >= policy::Standing::Secretariat;
}

std::string name_in(const Visit& visit, const std::string& name, const std::string& name_en) {
  return visit.language == Language::English && !name_en.empty() ? name_en : name;
}

// A table in a region that scrolls by itself; its rows follow, then close_table().
void open_table(Html& html, const std::string& title, std::initializer_list<std::string> headings) {
  html.open("div", {{"class", "table-scroll"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", title}});
  html.open("table", {{"class", "table"}}).open("thead").open("tr");
  for (const std::string& heading : headings) html.element("th", {{"scope", "col"}}, heading);
  html.close("tr").close("thead").open("tbody");
}
void close_table(Html& html) { html.close("tbody").close("table").close("div"); }

std::string role_list(const Api& api, const Visit& visit, const std::set<Role>& roles) {
  std::string all;
  for (const Role role : roles)
    all += (all.empty() ? "" : ", ") + api.text(visit, "page.directory.role." + std::string(role_text(role)));
  return all;
}

void draw_people(Html& html, const Api& api, const Visit& visit, const std::vector<Person>& people) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  html.element("h2", text("people"));
  open_table(html, text("people"), {text("name"), text("login"), text("roles"), text("ceiling"), text("state")});
  for (const Person& person : people) {
    const std::string_view state = !person.active ? "state.left" : person.quarantined ? "state.new" : "state.active";
    html.open("tr").element("td", name_in(visit, person.name, person.name_en)).element("td", person.login);
    html.element("td", role_list(api, visit, person.roles)).element("td", tlp_text(person.ceiling));
    html.element("td", text(state)).close("tr");
  }
  close_table(html);
}

void draw_contacts(Html& html, const Api& api, const Visit& visit, const Organisation& org) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  html.element("h2", text("desks"));
  if (org.contacts.empty()) html.element("p", {{"class", "gap"}}, text("desks.none"));
  html.open("ul", {{"class", "rows"}});
  for (const Contact& contact : org.contacts) {
    html.element("li", contact.desk + "  " + contact.phone + "  " + contact.mail +
                           (contact.duty ? "  " + text("desks.duty") : std::string()));
  }
  html.close("ul");
}

void draw_groups(Html& html, const Api& api, const Visit& visit) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  const Directory& directory = *visit.who().directory;
  html.element("h2", text("groups"));
  open_table(html, text("groups"), {text("name"), text("kind"), text("ceiling"), text("members")});
  for (const flow::SeenGroup& seen : flow::seen_groups(visit.who())) {
    std::string members = seen.count_bucket;
    for (const OrgId& id : seen.group.orgs) {
      const auto org = directory.orgs.find(id);
      if (org != directory.orgs.end())
        members += (members.empty() ? "" : ", ") + name_in(visit, org->second.name, org->second.name_en);
    }
    for (const PersonId& id : seen.group.persons) {
      const auto person = directory.persons.find(id);
      if (person != directory.persons.end())
        members += (members.empty() ? "" : ", ") + name_in(visit, person->second.name, person->second.name_en);
    }
    html.open("tr").element("td", seen.group.name);
    html.element("td", text("group_kind." + std::string(group_kind_text(seen.group.kind))));
    html.element("td", tlp_text(seen.group.ceiling));
    html.element("td", seen.group.visibility == Visibility::Blind ? text("blind") + " " + members : members);
    html.close("tr");
  }
  close_table(html);
}

void draw_lookup(Html& html, const Api& api, const Visit& visit, const std::string& answer) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  html.element("h2", text("lookup"));
  if (!answer.empty()) html.element("p", {{"class", "notice"}, {"role", "status"}}, answer);
  open_form(html, api, visit, "/directory/lookup");
  html.open("div", {{"class", "field"}}).element("label", {{"for", "address"}}, text("lookup.address"));
  html.element("p", {{"class", "hint"}, {"id", "address-hint"}}, text("lookup.hint"));
  html.lone("input", {{"class", "input"},
                      {"type", "text"},
                      {"id", "address"},
                      {"name", "address"},
                      {"aria-describedby", "address-hint"},
                      {"required", ""}});
  html.close("div").element("button", {{"class", "button"}}, text("lookup.send")).close("form");
}

Status draw_changes(Html& html, const Api& api, const Visit& visit) {
  if (!flow::sees_changes(visit.who())) return {};
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  TRY(const auto changes, flow::directory_changes(api.platform(), visit.who(), {.before = {}, .limit = 20}));
  html.element("h2", text("changes")).open("p", {{"class", "actions"}});
  html.element("a", {{"class", "button button-primary"}, {"href", "/directory/import"}}, text("import")).close("p");
  if (changes.rows.empty()) html.element("p", {{"class", "empty"}}, text("changes.none"));
  html.open("ul", {{"class", "rows"}});
  const bool english = visit.language == Language::English;
  for (const DirectoryChange& change : changes.rows) {
    const std::string state = text("change." + std::string(change_state_text(change.state)));
    const std::string title = change.note.empty() ? text("change") : change.note;
    html.open("li").element("a", {{"class", "row-link"}, {"href", "/directory/changes/" + change.id.text()}},
                            tokyo_text(change.proposed_at, english) + "  " + title + "  " + state);
    html.close("li");
  }
  html.close("ul");
  return {};
}

std::string counts_text(const Api& api, const Visit& visit, const store::LabelCounts& counts) {
  return api.text(visit, "page.directory.counts",
                  {{"reports", std::to_string(counts.reports)},
                   {"releases", std::to_string(counts.releases)},
                   {"cases", std::to_string(counts.cases)},
                   {"objects", std::to_string(counts.objects)}});
}

Status draw_decisions(Html& html, const Api& api, const Visit& visit, const DirectoryChange& change) {
  const flow::Caller& caller = visit.who();
  const std::string base = "/directory/changes/" + change.id.text();
  const action::AgreeToDirectoryChange::Subject subject{caller.directory, change};
  if (flow::may_agree(caller, change)) {
    open_form(html, api, visit, base + "/agree");
    TRY_OK(draw_step_up(html, api, visit, action::AgreeToDirectoryChange::purpose(subject)));
    html.open("div", {{"class", "form-actions"}});
    html.element("button", {{"class", "button button-primary"}}, api.text(visit, "page.directory.agree"));
    html.close("div").close("form");
  }
  if (policy::allows<action::RejectDirectoryChange>(caller.principal, subject).ok()) {
    open_form(html, api, visit, base + "/reject");
    html.element("button", {{"class", "button"}}, api.text(visit, "page.directory.reject")).close("form");
  }
  return {};
}

void draw_invitations(Html& html, const Api& api, const Visit& visit, const flow::DecidedChange& decided) {
  if (decided.invitations.empty()) return;
  html.open("div", {{"class", "notice notice-good"}, {"role", "status"}});
  html.element("p", {{"class", "notice-title"}}, api.text(visit, "page.directory.invitations")).open("dl");
  for (const flow::IssuedInvitation& issued : decided.invitations) {
    const auto person = decided.change.after.persons.find(issued.person);
    if (person == decided.change.after.persons.end()) continue;
    html.element("dt", name_in(visit, person->second.name, person->second.name_en));
    html.open("dd").element("code", issued.code.expose()).close("dd");
  }
  html.close("dl").element("p", api.text(visit, "page.directory.invitations.do")).close("div");
}

Result<HttpResponse> change_page(const Api& api, const Visit& visit, const flow::DecidedChange& decided,
                                 const std::optional<Error>& error = std::nullopt) {
  const DirectoryChange& change = decided.change;
  const bool english = visit.language == Language::English;
  const auto text = [&](std::string_view key, const Catalogue::Values& values = {}) {
    return api.text(visit, "page.directory." + std::string(key), values);
  };
  Html html;
  html.element("h1", text("change"));
  if (error) draw_problem(html, api, visit, *error);
  html.element("p", {{"class", "prose"}}, change.note);
  const auto& people = visit.who().directory->persons;
  const auto proposer = people.find(change.proposed_by);
  const std::string by =
      proposer == people.end() ? "" : name_in(visit, proposer->second.name, proposer->second.name_en);
  html.element("p", text("change.line", {{"state", text("change." + std::string(change_state_text(change.state)))},
                                         {"person", by},
                                         {"time", tokyo_text(change.proposed_at, english)},
                                         {"agreed", std::to_string(change.agreed.size())}}));
  draw_invitations(html, api, visit, decided);
  draw_differences(html, api, visit, change);
  if (change.state == ChangeState::Proposed) {
    TRY_OK(draw_visibility(html, api, visit, change));
    TRY_OK(draw_decisions(html, api, visit, change));
  }
  html.open("p").element("a", {{"href", "/directory"}}, text("title")).close("p");
  return directory_page(api, visit, text("change"), html, error ? status_of(*error) : 200);
}

Result<flow::DecidedChange> decided_now(const Api& api, Visit& visit, Result<flow::DecidedChange> decided) {
  if (!decided.ok()) return decided.error();
  TRY(visit.caller, flow::renewed(api.platform(), visit.who()));
  return decided;
}

}  // namespace

HttpResponse directory_page(const Api& api, const Visit& visit, const std::string& title, const Html& html,
                            int status) {
  return page(api, visit, {.title = title, .width = Width::Wide, .script = Script::Passkey, .marking = {}}, html,
              status);
}

void draw_differences(Html& html, const Api& api, const Visit& visit, const DirectoryChange& change) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  html.element("h2", text("differences"));
  open_table(html, text("differences"), {text("what"), text("field"), text("before"), text("after")});
  for (const flow::RecordDifference& record : flow::differences(*visit.who().directory, change)) {
    const std::string what = text("record." + std::string(record_kind_text(record.kind))) + " " +
                             name_in(visit, record.name, record.name_en) + " (" +
                             text("record_state." + std::string(record_state_text(record.state))) + ")";
    bool first = true;
    for (const flow::FieldDifference& field : record.fields) {
      html.open("tr").element("td", first ? what : std::string());
      html.element("td", text("column." + field.field)).element("td", field.before).element("td", field.after);
      html.close("tr");
      first = false;
    }
  }
  close_table(html);
}

Status draw_visibility(Html& html, const Api& api, const Visit& visit, const DirectoryChange& change) {
  const auto text = [&](std::string_view key) { return api.text(visit, "page.directory." + std::string(key)); };
  TRY(const auto visible, flow::what_becomes_visible(api.platform(), visit.who(), change));
  const Directory then = with_change(*visit.who().directory, change);
  html.element("h2", text("visible")).element("p", {{"class", "hint"}}, text("visible.hint"));
  if (visible.empty()) html.element("p", {{"class", "empty"}}, text("visible.none"));
  if (visible.empty()) return {};
  open_table(html, text("visible"), {text("name"), text("gained"), text("lost")});
  for (const flow::VisibilityChange& one : visible) {
    const Person& person = then.persons.at(one.person);
    html.open("tr").element("td", name_in(visit, person.name, person.name_en));
    html.element("td", counts_text(api, visit, one.gained));
    html.element("td", counts_text(api, visit, one.lost)).close("tr");
  }
  close_table(html);
  return {};
}

Result<HttpResponse> page_directory(Api& api, const Visit& visit) {
  TRY(const auto people, flow::people_of(visit.who(), visit.request.parameter("org")));
  const Directory& directory = *visit.who().directory;
  const OrgId shown = people.empty() ? visit.who().principal.org : people.front().org;
  const Organisation& org = directory.orgs.at(shown);
  Html html;
  html.element("h1", name_in(visit, org.name, org.name_en));
  TRY_OK(draw_changes(html, api, visit));
  draw_people(html, api, visit, people);
  draw_contacts(html, api, visit, org);
  draw_groups(html, api, visit);
  if (of_secretariat(visit)) {
    html.element("h2", api.text(visit, "page.directory.organisations")).open("ul", {{"class", "rows"}});
    for (const auto& [id, other] : directory.orgs) {
      html.open("li").element("a", {{"class", "row-link"}, {"href", "/directory?org=" + id.text()}},
                              name_in(visit, other.name, other.name_en));
      html.close("li");
    }
    html.close("ul");
  }
  draw_lookup(html, api, visit, "");
  html.open("p").element("a", {{"href", "/pointers"}}, api.text(visit, "page.pointer.title")).close("p");
  return directory_page(api, visit, api.text(visit, "page.directory.title"), html);
}

Result<HttpResponse> page_directory_lookup(Api& api, const Visit& visit) {
  const auto found = flow::look_up(api.platform(), visit.who(), form_value(visit.request.body, "address").value_or(""));
  if (!found.ok() && found.error().kind != ErrorKind::NotFound) return found.error();
  std::string answer = api.text(visit, "page.directory.lookup.none");
  if (found.ok()) {
    const Organisation& org = visit.who().directory->orgs.at(found->org);
    answer = name_in(visit, found->name, found->name_en) + " (" + name_in(visit, org.name, org.name_en) + ")";
  }
  Html html;
  html.element("h1", api.text(visit, "page.directory.title"));
  draw_lookup(html, api, visit, answer);
  return directory_page(api, visit, api.text(visit, "page.directory.title"), html);
}

Result<HttpResponse> page_directory_change(Api& api, const Visit& visit) {
  TRY(auto change, flow::find_directory_change(api.platform(), visit.who(), visit.value("id")));
  return change_page(api, visit, {std::move(change), {}});
}

Result<HttpResponse> page_directory_agree(Api& api, const Visit& visit) {
  const auto id = DirectoryChangeId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  auto agreed = flow::agree_to_directory_change(api.platform(), visit.who(), *id, step_up_of_form(visit));
  if (!agreed.ok() && agreed.error().code.starts_with("step_up.")) {
    TRY(auto change, flow::find_directory_change(api.platform(), visit.who(), id->text()));
    return change_page(api, visit, {std::move(change), {}}, agreed.error());
  }
  Visit fresh = visit;
  TRY(const auto decided, decided_now(api, fresh, std::move(agreed)));
  return change_page(api, fresh, decided);  // the codes are shown here and nowhere else
}

Result<HttpResponse> page_directory_reject(Api& api, const Visit& visit) {
  const auto id = DirectoryChangeId::parse(visit.value("id"));
  if (!id.ok()) return not_found();
  TRY_OK(flow::reject_directory_change(api.platform(), visit.who(), *id));
  return see_other("/directory/changes/" + id->text());
}

}  // namespace hinomi::api
