#include "app/local_commands.h"

#include "app/rules_command.h"

namespace hinomi::app {

LocalCommands::LocalCommands(const Catalogue& catalogue, Language language) : CommandTree(catalogue, language) {
  add_server();
  add_rules();
}

void LocalCommands::add_server() {
  CLI::App* serve = command(root(), "serve", [this](const Context& context) { return run_serve(context, serve_); });
  serve->parse_complete_callback([this] { log_lines(); });
  needed(serve, "--data", serve_.data, "data");
  option(serve, "--listen", serve_.listen, "listen");
  option(serve, "--certificate", serve_.certificate, "certificate");
  option(serve, "--key", serve_.key, "key");
  option(serve, "--public-url", serve_.public_url, "public_url");
  option(serve, "--config", serve_.config, "config");
  option(serve, "--ready-file", serve_.ready_file, "ready_file");
  CLI::App* demo = command(root(), "demo", [this](const Context& context) { return run_demo(context, demo_); });
  needed(demo, "--data", demo_.data, "data");
  option(demo, "--port", demo_.port, "port");
  flag(demo, "--once", demo_.once, "once");
  flag(demo, "--seed-only", demo_.seed_only, "seed_only");
  flag(demo, "--fresh", demo_.fresh, "fresh");
  option(demo, "--shared", demo_.shared, "shared");
  option(demo, "--through", demo_.through, "through");
}

void LocalCommands::add_rules() {
  CLI::App* rules = group("rules");
  CLI::App* test = command(rules, "test", [this](const Context& context) { return run_rules_test(context, packs_); });
  test->add_option("packs", packs_, text("cli.option.rule_packs"));
  CLI::App* diff =
      command(rules, "diff", [this](const Context& context) { return run_rules_diff(context, pack_, newer_pack_); });
  needed(diff, "old", pack_, "rule_pack_old");
  needed(diff, "new", newer_pack_, "rule_pack_new");
  CLI::App* explain =
      command(rules, "explain", [this](const Context& context) { return run_rules_explain(context, facts_); });
  needed(explain, "facts", facts_, "rule_facts");
}

}  // namespace hinomi::app
