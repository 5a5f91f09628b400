// How commands show what the server answered: one JSON line with a schema name, or words for people.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/client.h"
#include "app/context.h"

namespace hinomi::app {

// The object with "schema" in front, on one line. What is no object goes under "value".
std::string json_line(std::string_view schema, JsonView value);

using WriteForPeople = std::function<void(JsonView)>;

// The answer to context.out, or its error to context.err.
ExitCode show(const Context& context, std::string_view schema, const Result<Json>& answer, const WriteForPeople& write);
// Every item of every page.
ExitCode show_rows(const Context& context, std::string_view schema, const Result<std::vector<Json>>& pages,
                   const WriteForPeople& write);

// Texts of members, empty when absent.
std::string text_at(JsonView object, std::string_view name);
std::string number_at(JsonView object, std::string_view name);
// An instant of the answer in Asia/Tokyo; empty when absent.
std::string time_at(const Context& context, JsonView object, std::string_view name);
// A word of the API in the reader's language, from the catalogue key `prefix` + word; the word itself where there is
// none.
std::string word_at(const Context& context, JsonView object, std::string_view name, std::string_view prefix);

}  // namespace hinomi::app
