// What poppler's programs read from a PDF file: an independent pair of eyes on what print/ makes.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/read_file.h"

namespace hinomi::testing {

// A file of its own for each object and process, removed at the end.
class PdfFile {
 public:
  explicit PdfFile(std::string_view bytes)
      : path_(std::filesystem::path(::testing::TempDir()) /
              ("hinomi-" + std::to_string(getpid()) + "-" + std::to_string(++made_) + ".pdf")) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~PdfFile() {
    std::error_code ignored;
    for (const char* ending : {"", ".txt"}) std::filesystem::remove(path_.string() + ending, ignored);
  }
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;

  // All text of one page, or of all with 0.
  [[nodiscard]] std::string text(int page = 0) const {
    std::vector<std::string> words{"pdftotext", "-q", "-enc", "UTF-8"};
    if (page != 0) words.insert(words.end(), {"-f", std::to_string(page), "-l", std::to_string(page)});
    words.insert(words.end(), {path_.string(), "-"});
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
  // What pdfinfo says: "Title: …", "Pages: 3" a line.
  [[nodiscard]] std::string information() const { return output_of({"pdfinfo", "-enc", "UTF-8", path_.string()}); }
  [[nodiscard]] int pages() const {
    constexpr std::string_view kPages = "Pages:";
    const std::string all = information();
    const auto at = all.find(kPages);
    return at == std::string::npos ? 0 : std::stoi(all.substr(at + kPages.size()));
  }
  struct Font {
    std::string name;
    bool embedded = false;
    bool subset = false;
    bool unicode = false;
  };
  [[nodiscard]] std::vector<Font> fonts() const {
    std::vector<Font> fonts;
    std::istringstream lines(output_of({"pdffonts", path_.string()}));
    std::string line;
    for (int i = 0; i < 2; ++i) std::getline(lines, line);  // the heading
    while (std::getline(lines, line)) {
      std::vector<std::string> words;
      std::istringstream row(line);
      for (std::string word; row >> word;) words.push_back(word);
      // name, type (of several words), encoding, emb, sub, uni, object, generation
      if (words.size() < 8) continue;
      const auto is = [&](std::size_t from_end) { return words[words.size() - from_end] == "yes"; };
      fonts.push_back({words.front(), is(5), is(4), is(3)});
    }
    return fonts;
  }

  // A page as dots: 0 is black, 255 white.
  struct Dots {
    std::size_t width = 0;
    std::size_t height = 0;
    std::string bytes;
    [[nodiscard]] int at(std::size_t x, std::size_t y) const {
      return static_cast<unsigned char>(bytes.at(y * width + x));
    }
  };
  [[nodiscard]] Dots grey_page(int dots_per_inch, int page = 1) const {
    const std::string number = std::to_string(page);
    std::istringstream image(output_of(
        {"pdftoppm", "-gray", "-r", std::to_string(dots_per_inch), "-f", number, "-l", number, path_.string()}));
    Dots dots;
    std::string format;
    int white = 0;
    image >> format >> dots.width >> dots.height >> white;
    image.get();
    dots.bytes.assign(std::istreambuf_iterator<char>(image), {});
    EXPECT_EQ(format, "P5");
    EXPECT_EQ(dots.bytes.size(), dots.width * dots.height);
    return dots;
  }

 private:
  [[nodiscard]] std::string output_of(std::vector<std::string> words) const {
    const std::string into = path_.string() + ".txt";
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, into.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t process = -1;
    EXPECT_EQ(posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ), 0) << words[0];
    posix_spawn_file_actions_destroy(&actions);
    int status = -1;
    EXPECT_EQ(waitpid(process, &status, 0), process);
    EXPECT_EQ(status, 0) << words[0] << " refuses the file";
    return read_file(into);
  }
  inline static int made_ = 0;
  std::filesystem::path path_;
};

}  // namespace hinomi::testing
