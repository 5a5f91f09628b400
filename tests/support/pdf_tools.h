// What poppler's programs read from a PDF file: an independent pair of eyes on what print/ makes.
#pragma once

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/read_file.h"

namespace hinomi::testing {

// A file of its own for each test and process, removed at the end.
class PdfFile {
 public:
  explicit PdfFile(std::string_view bytes)
      : path_(std::filesystem::path(::testing::TempDir()) / ("hinomi-" + std::to_string(getpid()) + ".pdf")) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~PdfFile() {
    std::error_code ignored;
    for (const char* ending : {"", ".txt", ".png"}) std::filesystem::remove(path_.string() + ending, ignored);
  }
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;

  // All text of one page, or of all with 0.
  [[nodiscard]] std::string text(int page = 0) const {
    std::vector<std::string> words{"pdftotext", "-q", "-enc", "UTF-8"};
    if (page != 0) words.insert(words.end(), {"-f", std::to_string(page), "-l", std::to_string(page)});
    return output_of(std::move(words));
  }
  // The same as one line without blanks, as a person reads a sentence that goes over lines.
  [[nodiscard]] std::string joined_text(int page = 0) const {
    std::string joined;
    for (const char byte : text(page)) {
      if (byte != ' ' && byte != '\n' && byte != '\f') joined += byte;
    }
    return joined;
  }

 private:
  [[nodiscard]] std::string output_of(std::vector<std::string> words) const {
    const std::string into = path_.string() + ".txt";
    words.insert(words.end(), {path_.string(), into});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t process = -1;
    EXPECT_EQ(posix_spawnp(&process, arguments[0], nullptr, nullptr, arguments.data(), environ), 0) << words[0];
    int status = -1;
    EXPECT_EQ(waitpid(process, &status, 0), process);
    EXPECT_EQ(status, 0) << words[0] << " refuses the file";
    return read_file(into);
  }
  std::filesystem::path path_;
};

}  // namespace hinomi::testing
