#include "app/commands/presence_prompt.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "base/text.h"

namespace hinomi::app {
namespace {

// While it lives, what is typed is not shown.
class SilentTerminal {
 public:
  SilentTerminal() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~SilentTerminal() {
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

std::string ask_line(const Context& context, std::string_view question) {
  if (isatty(STDIN_FILENO) == 1) context.err << context.text(question) << " " << std::flush;
  std::string line;
  {
    const SilentTerminal silent;
    std::getline(std::cin, line);
  }
  if (isatty(STDIN_FILENO) == 1) context.err << "\n";
  return std::string(trimmed(line));
}

}  // namespace

Result<std::string> ask_presence(const Context& context, const Client& client, const std::string& purpose) {
  JsonWriter asked;
  asked.begin_object().member("purpose", purpose).end_object();
  TRY(const Json options, client.post("/api/v1/step-up/options", asked.text()));
  const auto means = options->root().find("step_up");
  const bool totp = means && means->boolean_at("totp").value_or(false);
  const bool password = means && means->boolean_at("password").value_or(false);
  if (!totp && !password)
    return forbidden("cli.step_up_passkey", "This account proves presence with a passkey: use the browser for this.");
  JsonWriter shown;
  shown.begin_object();
  shown.member(totp ? "totp" : "password", ask_line(context, totp ? "cli.step_up.totp" : "cli.step_up.password"));
  return shown.end_object().take();
}

Result<std::string> presence_alone(const Context& context, const Client& client, const std::string& purpose) {
  TRY(const std::string proof, ask_presence(context, client, purpose));
  JsonWriter body;
  return body.begin_object().key("step_up").raw(proof).end_object().take();
}

Result<std::string> presence_for(const Context& context, const Client& client, const std::string& path) {
  TRY(const Json seen, client.get(path));
  const auto purpose = seen->root().string_at("step_up_purpose");
  if (!purpose) return std::string("{}");
  return presence_alone(context, client, std::string(*purpose));
}

}  // namespace hinomi::app
