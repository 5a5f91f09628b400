// What the steps of the demo's story stand on: accounts, the command line as a child, HTTP as a reader, and lines on
// the screen. Used by demo_story.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/client.h"
#include "app/demo_story.h"

namespace hinomi::app {

class DemoStage {
 public:
  DemoStage(const Context& context, const DemoSector& sector, const StorySetting& setting)
      : context_(context), sector_(sector), setting_(setting) {}

  // Writes the token files.
  Status prepare();
  // `hinomi WORDS --json` as that account; every line of its output. A command that ends with another code than 0 is an
  // Error with its code and what it said.
  [[nodiscard]] Result<std::vector<Json>> command(std::string_view account, std::vector<std::string> words,
                                                  const std::string& typed = {}) const;
  // The same, for commands that answer with one object: the last line.
  [[nodiscard]] Result<Json> answer(std::string_view account, std::vector<std::string> words) const;
  // The same for a command that asks the person to show that they are there: with the account's code or password.
  [[nodiscard]] Result<Json> answer_in_person(std::string_view account, std::vector<std::string> words) const;
  [[nodiscard]] Result<ClientResponse> http(std::string_view account, const std::string& path,
                                            std::string_view accept) const;

  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] const StorySetting& setting() const { return setting_; }
  [[nodiscard]] std::string file(std::string_view name) const { return setting_.folder + "/" + std::string(name); }

 private:
  [[nodiscard]] std::string token_file(std::string_view account) const {
    return file("tokens/" + std::string(account));
  }

  const Context& context_;
  const DemoSector& sector_;
  const StorySetting& setting_;
};

// Invalid "demo.step" with that detail unless it holds.
Status expect(bool holds, std::string detail);

}  // namespace hinomi::app
