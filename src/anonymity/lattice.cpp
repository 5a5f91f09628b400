#include "anonymity/lattice.h"

#include <fmt/format.h>

#include <algorithm>

#include "anonymity/quantities.h"
#include "base/text.h"

namespace hinomi::anonymity {
namespace {

// What the reader of a release loses, in points. Places and techniques are worth more than numbers and names.
namespace loss {
constexpr int kBand = 1;
constexpr int kCoarser = 2;
constexpr int kGeneral = 4;
constexpr int kGone = 6;
}  // namespace loss

class Builder {
 public:
  Builder(const Candidate& candidate, std::string_view text, LatticeContext& context)
      : candidate_(candidate), text_(text), context_(context) {}

  std::vector<Step> build() {
    switch (candidate_.span_class) {
      case SpanClass::Company: add_organisation("[事業者{}]", "[operator {}]"); break;
      case SpanClass::Affiliate: add_organisation("[関係会社{}]", "[affiliate {}]"); break;
      case SpanClass::Body: keep(std::nullopt), add("remove", "関係団体", "a sector body", loss::kBand); break;
      case SpanClass::Ambiguous: add_ambiguous(); break;
      case SpanClass::City: add_city(); break;
      case SpanClass::Prefecture: add_prefecture(entry_key()); break;
      case SpanClass::Area: keep(Statement{Attribute::Area, entry_key()}), add_frequency_of(entry_key()); break;
      case SpanClass::Facility: add_facility(); break;
      case SpanClass::Interconnection:
        keep(identifier()), add("general", "連系設備", "an interconnection", loss::kBand);
        break;
      case SpanClass::License: add_license(); break;
      case SpanClass::Voltage: add_voltage(); break;
      case SpanClass::Frequency: add_frequency(); break;
      case SpanClass::Plant: add_plant(); break;
      case SpanClass::Product: add_product(); break;
      case SpanClass::Power: add_power(); break;
      case SpanClass::Households: add_households(); break;
      case SpanClass::Count: add_count(); break;
      case SpanClass::Date: add_date(); break;
      case SpanClass::TimeOfDay: add_time(); break;
      case SpanClass::Event:
        keep(Statement{Attribute::Date, std::string(text_)}), add("remove", "ある日", "one day", loss::kCoarser);
        break;
      case SpanClass::Press:
        keep(identifier()), add("remove", "[公表情報への言及]", "[reference to published material]", loss::kBand);
        break;
      default: add_removal(); break;
    }
    return std::move(steps_);
  }

 private:
  [[nodiscard]] Statement identifier() const { return {Attribute::Identifier, std::string(text_)}; }
  [[nodiscard]] std::string entry_key() const {
    return candidate_.entry == nullptr ? std::string() : std::string(candidate_.entry->value("key"));
  }
  [[nodiscard]] std::string entry_value(std::string_view key) const {
    return candidate_.entry == nullptr ? std::string() : std::string(candidate_.entry->value(key));
  }

  void keep(std::optional<Statement> statement) {
    steps_.push_back({"keep", std::string(text_), 0, std::move(statement)});
  }
  void add(std::string_view key, std::string_view japanese, std::string_view english, int points) {
    add(key, japanese, english, points, std::nullopt);
  }
  void add(std::string_view key, std::string_view japanese, std::string_view english, int points,
           std::optional<Statement> statement) {
    const std::string_view text = context_.language == Language::Japanese ? japanese : english;
    steps_.push_back({std::string(key), std::string(text), points, std::move(statement)});
  }

  void add_organisation(const char* japanese, const char* english) {
    keep(identifier());
    const std::string letter =
        context_.pseudonyms.letter(candidate_.entity.empty() ? std::string(text_) : candidate_.entity);
    add("pseudonym", fmt::format(fmt::runtime(japanese), letter), fmt::format(fmt::runtime(english), letter),
        loss::kBand);
  }

  void add_ambiguous() {
    keep(identifier());
    if (entry_key() == "place") add("remove", "国内のある地域", "part of Japan", loss::kGeneral);
    add("remove", "[事業者]", "[operator]", loss::kGeneral);
  }

  void add_city() {
    keep(identifier());
    const Entry* prefecture = context_.gazetteer.prefecture(entry_value("prefecture"));
    if (prefecture == nullptr) return add("remove", "国内のある地域", "part of Japan", loss::kGone);
    add("prefecture", prefecture->name, english_form(*prefecture), loss::kBand,
        Statement{Attribute::Prefecture, std::string(prefecture->value("key"))});
    add_area_of(std::string(prefecture->value("area")));
  }

  void add_prefecture(const std::string& key) {
    keep(Statement{Attribute::Prefecture, key});
    add_area_of(entry_value("area"));
  }

  void add_area_of(const std::string& areas) {
    if (const Entry* area = context_.gazetteer.area(areas)) {
      add("area", area->name, english_form(*area), loss::kCoarser, Statement{Attribute::Area, areas});
    }
    add_frequency_of(areas);
  }

  void add_frequency_of(const std::string& areas) {
    if (const int hertz = context_.gazetteer.frequency_of_areas(areas); hertz != 0) {
      add("frequency", fmt::format("{}Hz地域", hertz), fmt::format("the {} Hz area", hertz), loss::kGeneral,
          Statement{Attribute::Frequency, std::to_string(hertz)});
    }
    add("country", "国内", "Japan", loss::kGone);
  }

  // The first written form in Latin letters, else the name.
  static std::string english_form(const Entry& entry) {
    const auto latin = std::ranges::find_if(
        entry.surfaces, [](const std::string& s) { return static_cast<unsigned char>(s[0]) < 0x80; });
    return latin == entry.surfaces.end() ? entry.name : *latin;
  }

  void add_facility() {
    keep(identifier());
    const std::string type = entry_value("type");
    const std::string plant = entry_value("plant");
    if (!plant.empty() && !type.empty())
      add("type", type, entry_value("type_en"), loss::kBand, Statement{Attribute::Plant, plant});
    if (const std::string key = entry_key(); !key.empty()) {
      add("type", type, entry_value("type_en"), loss::kBand, Statement{Attribute::License, key});
    } else if (plant.empty() && !type.empty()) {
      add("type", type, entry_value("type_en"), loss::kBand);
    }
    add("remove", "設備", "a facility", loss::kGeneral);
  }

  void add_license() {
    keep(Statement{Attribute::License, entry_key()});
    add("general", entry_value("type"), entry_value("type_en"), loss::kGeneral);
  }

  void add_voltage() {
    std::string band = voltage_band_of_words(text_);
    if (band.empty()) {
      const auto kilovolts = read_kilovolts(text_);
      if (!kilovolts) return add_removal();
      keep(Statement{Attribute::Voltage, fmt::format("{:g}", *kilovolts)});
      band = voltage_band(*kilovolts);
      add_voltage_band(band, loss::kBand);
    } else {
      keep(Statement{Attribute::Voltage, band});
    }
    if (band == "backbone") add_voltage_band("extra_high", loss::kCoarser);
    add("remove", "ある電圧階級", "one voltage class", loss::kGeneral);
  }
  void add_voltage_band(const std::string& band, int points) {
    add("band", voltage_band_text(band, Language::Japanese), voltage_band_text(band, Language::English), points,
        Statement{Attribute::Voltage, band});
  }

  void add_frequency() {
    const bool both = text_.starts_with("50/60") || text_.starts_with("50 / 60");
    if (both) return keep(std::nullopt);
    keep(Statement{Attribute::Frequency, std::string(text_.substr(0, 2))});
    add("remove", "国内", "Japan", loss::kGeneral);
  }

  void add_plant() {
    keep(Statement{Attribute::Plant, entry_key()});
    if (entry_key() != "generation")
      add("class", "発電設備", "generating facility", loss::kCoarser, Statement{Attribute::Plant, "generation"});
    add("remove", "設備", "a facility", loss::kGone);
  }

  void add_product() {
    keep(Statement{Attribute::Product, candidate_.entity.empty() ? std::string(text_) : candidate_.entity});
    add("general", "国内で多く使われる製品", "a product in common use", loss::kCoarser);
  }

  void add_power() {
    if (candidate_.rule == "pattern.power_band") return keep(std::nullopt);
    const auto kilowatts = read_kilowatts(text_);
    keep(Statement{Attribute::Quantity, std::string(text_)});
    if (kilowatts)
      add("band", power_band_text(*kilowatts, Language::Japanese), power_band_text(*kilowatts, Language::English),
          loss::kBand);
    add("remove", "ある規模", "some amount", loss::kCoarser);
  }

  void add_households() {
    if (candidate_.rule == "pattern.households_band") return keep(std::nullopt);
    const auto amount = read_amount(text_);
    keep(Statement{Attribute::Quantity, std::string(text_)});
    if (amount)
      add("band", households_band_text(amount->value, Language::Japanese),
          households_band_text(amount->value, Language::English), loss::kBand);
    add("remove", "一部の需要家", "some customers", loss::kCoarser);
  }

  void add_count() {
    const auto amount = read_amount(text_);
    keep(std::nullopt);
    if (amount)
      add("band", count_band_text(amount->value, amount->unit, Language::Japanese),
          count_band_text(amount->value, amount->unit, Language::English), loss::kBand);
    add("remove", "一定数", "a number", loss::kCoarser);
  }

  void add_date() {
    if (candidate_.rule == "pattern.date_month") return keep(std::nullopt);
    const auto date = read_date(text_);
    if (candidate_.rule == "pattern.date_third") {
      keep(std::nullopt);
    } else {
      keep(candidate_.rule == "pattern.weekday" ? std::nullopt
                                                : std::optional(Statement{Attribute::Date, std::string(text_)}));
      if (date && date->day != 0) add_third(*date);
    }
    if (date) add("month", month_text(*date, Language::Japanese), month_text(*date, Language::English), loss::kCoarser);
    add("remove", "ある日", "one day", loss::kGeneral);
  }
  void add_third(const WrittenDate& date) {
    if (text_.find(':') != std::string_view::npos) {
      add("day", day_only_text(date, Language::Japanese), day_only_text(date, Language::English), 0,
          Statement{Attribute::Date, month_text(date, Language::Japanese)});
    }
    add("third", third_of_month_text(date, Language::Japanese), third_of_month_text(date, Language::English),
        loss::kBand);
  }

  void add_time() {
    keep(std::nullopt);
    const auto japanese = part_of_day_text(text_, Language::Japanese);
    const auto english = part_of_day_text(text_, Language::English);
    if (japanese && english) add("part_of_day", *japanese, *english, loss::kBand);
    add("remove", "ある時刻", "at some time", loss::kCoarser);
  }

  void add_removal() {
    keep(identifier());
    switch (candidate_.span_class) {
      case SpanClass::Person: return add("remove", "[氏名]", "[name]", loss::kBand);
      case SpanClass::Phone: return add("remove", "[電話番号]", "[telephone number]", loss::kBand);
      case SpanClass::Address: return add("remove", "[所在地]", "[street address]", loss::kBand);
      case SpanClass::Email: return add("remove", "[メールアドレス]", "[mail address]", loss::kBand);
      case SpanClass::Url: return add("remove", "[URL]", "[URL]", loss::kBand);
      case SpanClass::Host: return add("remove", "[内部ホスト名]", "[internal host name]", loss::kBand);
      case SpanClass::Ip: return add("remove", "[内部アドレス]", "[internal address]", loss::kBand);
      case SpanClass::Account: return add("remove", "[アカウント名]", "[account name]", loss::kBand);
      case SpanClass::Asset: return add("remove", "[管理番号]", "[reference number]", loss::kBand);
      default: return add("remove", "[固有名]", "[name of its own]", loss::kBand);
    }
  }

  const Candidate& candidate_;
  std::string_view text_;
  LatticeContext& context_;
  std::vector<Step> steps_;
};

}  // namespace

std::string Pseudonyms::letter(const std::string& entity) {
  if (const auto known = letters_.find(entity); known != letters_.end()) return known->second;
  std::string letter;
  for (std::size_t number = letters_.size() + 1; number > 0; number = (number - 1) / 26) {
    letter.insert(letter.begin(), static_cast<char>('A' + (number - 1) % 26));
  }
  return letters_[entity] = letter;
}

Pseudonyms Pseudonyms::from(std::map<std::string, std::string> letters) {
  Pseudonyms pseudonyms;
  pseudonyms.letters_ = std::move(letters);
  return pseudonyms;
}

std::vector<Step> steps_for(const Candidate& candidate, std::string_view text, LatticeContext& context) {
  return Builder(candidate, text, context).build();
}

bool is_direct_identifier(SpanClass span_class) {
  switch (span_class) {
    case SpanClass::Company:
    case SpanClass::Affiliate:
    case SpanClass::Ambiguous:
    case SpanClass::Facility:
    case SpanClass::Interconnection:
    case SpanClass::City:
    case SpanClass::Person:
    case SpanClass::Phone:
    case SpanClass::Address:
    case SpanClass::Email:
    case SpanClass::Url:
    case SpanClass::Host:
    case SpanClass::Ip:
    case SpanClass::Account:
    case SpanClass::Asset:
    case SpanClass::Press:
    case SpanClass::UnknownName: return true;
    default: return false;
  }
}

std::size_t proposed_step(SpanClass span_class, Side side, const std::vector<Step>& steps) {
  if (side == Side::Attacker || steps.size() == 1) return 0;
  switch (span_class) {
    case SpanClass::Power:
    case SpanClass::Households:
    case SpanClass::Count:
    case SpanClass::TimeOfDay:
    case SpanClass::Event: return 1;
    case SpanClass::Date: {
      const auto third = std::ranges::find_if(steps, [](const Step& step) { return step.key == "third"; });
      if (third != steps.end()) return static_cast<std::size_t>(third - steps.begin());
      return steps.front().statement || steps.back().key == "remove" ? (steps.front().statement ? steps.size() - 1 : 0)
                                                                     : 0;
    }
    default: return is_direct_identifier(span_class) ? 1 : 0;
  }
}

}  // namespace hinomi::anonymity
