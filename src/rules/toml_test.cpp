#include "rules/toml.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace hinomi::rules {
namespace {

void write(JsonWriter& out, const TomlValue& value);

void write_table(JsonWriter& out, const TomlTable& table) {
  out.begin_object();
  for (const auto& [key, member] : table) write(out.key(key), member);
  out.end_object();
}

void write(JsonWriter& out, const TomlValue& value) {
  if (const auto* text = value.text()) out.string(*text);
  if (const auto* integer = std::get_if<std::int64_t>(&value.value)) out.integer(*integer);
  if (const auto* number = std::get_if<double>(&value.value)) out.number(*number);
  if (const auto* flag = std::get_if<bool>(&value.value)) out.boolean(*flag);
  if (const auto* day = std::get_if<Day>(&value.value)) out.string("day " + day_text(*day));
  if (const auto* table = value.table()) write_table(out, *table);
  if (const auto* array = value.array()) {
    out.begin_array();
    for (const TomlValue& element : *array) write(out, element);
    out.end_array();
  }
}

// The document as JSON, or the error as "code at place".
std::string read(std::string_view text) {
  const auto table = parse_toml(text);
  if (!table.ok()) return table.error().code + " at " + table.error().where;
  JsonWriter out;
  write_table(out, *table);
  return out.text();
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST(Toml, ReadsWhatTheStandardSays) {
  const std::vector<Case> table{
      {"", "{}"},
      {"# only a comment", "{}"},
      {"a = 1 # one\r\nb-2 = +1_000\n\n\t", R"({"a":1,"b-2":1000})"},
      {"a = -0.5\nb = 1e3\nc = 6.02_2e-1", R"({"a":-0.5,"b":1000,"c":0.6022})"},
      {"a = true\nb = false\nc = 2026-10-01", R"({"a":true,"b":false,"c":"day 2026-10-01"})"},
      {"\"a b\" . c.'d' = 1\n\"a b\".e = 2", R"({"a b":{"c":{"d":1},"e":2}})"},
      {R"(a = "x\t\"\\ \u706b\U0001F525")", "{\"a\":\"x\\t\\\"\\\\ 火🔥\"}"},
      {"a = 'C:\\new'", R"({"a":"C:\\new"})"},
      {"a = \"\"\"\nx\r\n y\"\"\"", R"({"a":"x\n y"})"},
      {"a = \"\"\"x \\  \n\n  y\"\"\"\"\"", R"({"a":"x y\"\""})"},
      {"a = '''\nit''s \\'''''", R"({"a":"it''s \\''"})"},
      {"a = \"\"\nb = ''", R"({"a":"","b":""})"},
      {"a = [ 1, # one\n [2, 3],\n ]\nb = []", R"({"a":[1,[2,3]],"b":[]})"},
      {"a = { b.c = 1, d = [{}] }", R"({"a":{"b":{"c":1},"d":[{}]}})"},
      {"[a.b]\nc = 1\n[ a ]\nd = 2\n[a.b.e]", R"({"a":{"b":{"c":1,"e":{}},"d":2}})"},
      {"[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\n[[a.e]]\n[[a.e]]", R"({"a":[{"b":1,"c":{"d":2}},{"e":[{},{}]}]})"},
      {"a.b = 1\n[a.c]\nd = 1", R"({"a":{"b":1,"c":{"d":1}}})"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(read(text), expected) << text;
}

TEST(Toml, RefusesWhatTheStandardForbidsWithItsPlace) {
  const std::vector<Case> table{
      {"a", "rules.toml_syntax at line 1, column 2"},
      {"a =", "rules.toml_type at line 1, column 4"},
      {"a = 1 b = 2", "rules.toml_syntax at line 1, column 7"},
      {"= 1", "rules.toml_syntax at line 1, column 1"},
      {"§ = 1", "rules.toml_syntax at line 1, column 1"},
      {"a = §", "rules.toml_type at line 1, column 5"},
      {"a = 01", "rules.toml_type at line 1, column 5"},
      {"a = 1__0", "rules.toml_type at line 1, column 5"},
      {"a = 1.", "rules.toml_type at line 1, column 5"},
      {"a = .5", "rules.toml_type at line 1, column 5"},
      {"a = 9223372036854775808", "rules.toml_type at line 1, column 5"},
      {"a = inf", "rules.toml_type at line 1, column 5"},
      {"a = 2026-02-30", "rules.toml_type at line 1, column 5"},
      {"a = 2026-10-01T00:00:00Z", "rules.toml_type at line 1, column 5"},
      {"a = \"open\nb = 1", "rules.toml_syntax at line 1, column 6"},
      {"a = '''open", "rules.toml_syntax at line 1, column 8"},
      {R"(a = "\x41")", "rules.toml_syntax at line 1, column 7"},
      {R"(a = "\ud800")", "rules.toml_syntax at line 1, column 8"},
      {R"(a = "\u12")", "rules.toml_syntax at line 1, column 8"},
      {"a = \"\x01\"", "rules.toml_syntax at line 1, column 6"},
      {"a = \"\"\"x\r y\"\"\"", "rules.toml_syntax at line 1, column 9"},
      {"# \x07", "rules.toml_syntax at line 1, column 3"},
      {"a = [1 2]", "rules.toml_syntax at line 1, column 8"},
      {"a = { b = 1, }", "rules.toml_syntax at line 1, column 14"},
      {"a = { b = 1\n}", "rules.toml_syntax at line 1, column 12"},
      {"[=]", "rules.toml_syntax at line 1, column 2"},
      {"[a", "rules.toml_syntax at line 1, column 3"},
      {"[[a]", "rules.toml_syntax at line 1, column 4"},
      {"a = 1\na = 2", "rules.toml_duplicate at line 2, column 1"},
      {"[a]\n[a]", "rules.toml_duplicate at line 2, column 2"},
      {"a = {}\n[a.b]", "rules.toml_duplicate at line 2, column 2"},
      {"a = {}\na.b = 1", "rules.toml_duplicate at line 2, column 1"},
      {"a = []\n[[a]]", "rules.toml_duplicate at line 2, column 3"},
      {"[[a]]\n[a]", "rules.toml_duplicate at line 2, column 2"},
      {"a.b = 1\n[a]", "rules.toml_duplicate at line 2, column 2"},
      {"[a.b]\n[a]\nb.c = 1", "rules.toml_duplicate at line 3, column 1"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(read(text), expected) << text;
}

TEST(Toml, TextsRememberTheirFirstCharacter) {
  const auto table = parse_toml("a = 'x'\nb = '''\nx'''\nc = \"\"\"x\"\"\"").value();
  EXPECT_EQ(table.at("a").position, (TextPosition{1, 6}));
  EXPECT_EQ(table.at("b").position, (TextPosition{3, 1}));
  EXPECT_EQ(table.at("c").position, (TextPosition{4, 8}));
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(Toml, NestingIsBounded) {
  EXPECT_EQ(read("a = " + repeated("[", 16) + repeated("]", 16)).substr(0, 6), "{\"a\":[");
  EXPECT_EQ(read("a = " + repeated("[", 100'000)), "rules.too_deep at line 1, column 21");
  EXPECT_EQ(read("a = " + repeated("{a=", 100'000)).substr(0, 14), "rules.too_deep");
  EXPECT_EQ(read(repeated("a.", 100'000) + "a = 1"), "rules.too_deep at line 1, column 33");
  EXPECT_EQ(read("[" + repeated("a.", 100'000) + "a]").substr(0, 14), "rules.too_deep");
}

}  // namespace
}  // namespace hinomi::rules
