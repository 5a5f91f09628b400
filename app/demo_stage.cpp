#include "app/demo_stage.h"

#include <algorithm>

#include "app/child_process.h"
#include "base/text.h"

namespace hinomi::app {
namespace {

// What a failed command said, from its hinomi.error.v1 line.
Error error_of(const std::vector<std::string>& words, const FinishedProgram& finished) {
  const std::string command =
      "hinomi " + words[1] + (words.size() > 2 && !words[2].starts_with('-') ? " " + words[2] : "");
  Error error = invalid("demo.command", command + " ended with exit code " + std::to_string(finished.exit_code) + ".");
  for (const std::string_view line : split(finished.err, '\n')) {
    const auto document = parse_json(line);
    if (!document.ok() || (*document)->root().string_at("schema") != "hinomi.error.v1") continue;
    const JsonView root = (*document)->root();
    error.code = root.string_at("code").value_or("");
    error.detail = command + ": " + std::string(root.string_at("detail").value_or(""));
    if (error.detail.ends_with(": ")) error.detail += root.string_at("what").value_or("");
  }
  return error;
}

}  // namespace

Status expect(bool holds, std::string detail) {
  if (holds) return {};
  return invalid("demo.step", std::move(detail));
}

Status DemoStage::prepare() {
  TRY_OK(context_.machine.files.make_directories(file("tokens")));
  for (const DemoAccount& account : sector_.accounts)
    TRY_OK(context_.machine.files.replace(token_file(account.key), account.api_token + "\n"));
  return {};
}

Result<std::vector<Json>> DemoStage::command(std::string_view account, std::vector<std::string> words,
                                             const std::string& typed) const {
  words.insert(words.begin(), setting_.program);
  words.insert(words.end(), {"--json", "--lang", std::string(language_tag(context_.language)), "--server",
                             setting_.server, "--token-file", token_file(account)});
  TRY(const FinishedProgram finished, run_program(words, typed));
  if (finished.exit_code != 0) return error_of(words, finished);
  std::vector<Json> lines;
  for (const std::string_view line : split(finished.out, '\n')) {
    if (line.empty()) continue;
    TRY(Json document, parse_json(line));
    lines.push_back(std::move(document));
  }
  return lines;
}

Result<Json> DemoStage::answer(std::string_view account, std::vector<std::string> words) const {
  TRY(std::vector<Json> lines, command(account, std::move(words)));
  if (lines.empty()) return invalid("demo.command", "The command printed nothing.");
  return std::move(lines.back());
}

Result<Json> DemoStage::answer_in_person(std::string_view account, std::vector<std::string> words) const {
  const auto of_account = [&](const DemoAccount& one) { return one.key == account; };
  const auto found = std::ranges::find_if(sector_.accounts, of_account);
  if (found == sector_.accounts.end()) return invalid("demo.step", "There is no such account.");
  std::string typed = found->password;
  if (!found->totp_secret.empty()) {
    TRY(Bytes secret, from_base32(found->totp_secret));
    const auto step = context_.machine.clock.now().time_since_epoch() / std::chrono::seconds(30);
    typed = totp_code(Secret(std::move(secret)), step);
  }
  TRY(std::vector<Json> lines, command(account, std::move(words), typed + "\n"));
  if (lines.empty()) return invalid("demo.command", "The command printed nothing.");
  return std::move(lines.back());
}

Result<ClientResponse> DemoStage::http(std::string_view account, const std::string& path,
                                       std::string_view accept) const {
  TRY(const Client client, Client::open(context_, {setting_.server, token_file(account)}));
  return client.get_as_is(path, accept);
}

}  // namespace hinomi::app
