#include "anonymity/pattern_table.h"

#include <array>

namespace hinomi::anonymity {
namespace {

#define HINOMI_DOT R"((?:\.|\[\.\]|\(\.\)|\[dot\]|\(dot\)))"
#define HINOMI_NUMBER R"(\d[\d,]*(?:\.\d+)?[ ]?(?:億|万|千|百)?(?:\d[\d,]*(?:千|百)?)?)"
#define HINOMI_WEEKDAY R"((?:\s?\([月火水木金土日](?:曜日?)?\)|\s?[月火水木金土日]曜日?)?)"
#define HINOMI_CLOCK R"((?:(?:T|\s)\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|\s?JST|\s?UTC|[+-]\d{2}:?\d{2})?)?)"
#define HINOMI_MONTH \
  R"((?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?))"
#define HINOMI_MONTH_NUMBER R"((?:1[0-2]|0?[1-9]))"
#define HINOMI_DAY_NUMBER R"((?:3[01]|[12]\d|0?[1-9]))"

constexpr PatternRule kRules[] = {
    {"pattern.email", SpanClass::Email,
     R"((?i)[a-z0-9._%+\-]+\s?(?:@|\[@\]|\[at\]|\(at\))\s?(?:[a-z0-9\-]+)" HINOMI_DOT R"()+[a-z]{2,24})", 0.95},
    {"pattern.url", SpanClass::Url,
     R"((?i)(?:h(?:tt|xx)ps?|ftps?|sftp|ldaps?|smb|wss?)(?::|\[:\])//[^\s<>"'、。,「」『』()]+)", 0.95},
    {"pattern.host", SpanClass::Host,
     R"((?i)(?:[a-z0-9_](?:[a-z0-9_\-]*[a-z0-9_])?)" HINOMI_DOT R"()+[a-z][a-z0-9\-]*[a-z0-9])", 0.9,
     PatternCheck::Host},
    {"pattern.unc_path", SpanClass::Host, R"(\\\\[A-Za-z0-9._\-]+(?:\\[^\s\\、。,「」]+)*)", 0.9},
    {"pattern.machine_name", SpanClass::Host, R"([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)", 0.5,
     PatternCheck::MachineName},
    {"pattern.ipv4", SpanClass::Ip, R"((?:\d{1,3})" HINOMI_DOT R"(){3}\d{1,3}(?:/\d{1,2})?(?::\d{1,5})?)", 0.95,
     PatternCheck::Ipv4},
    {"pattern.ipv6", SpanClass::Ip, R"((?i)(?:[0-9a-f]{0,4}(?::|\[:\])){2,7}[0-9a-f]{0,4}(?:/\d{1,3})?)", 0.9,
     PatternCheck::Ipv6},
    {"pattern.as_number", SpanClass::Ip, R"(AS\s?\d{3,6})", 0.6},
    {"pattern.mac", SpanClass::Asset, R"((?i)(?:[0-9a-f]{2}[:\-]){5}[0-9a-f]{2})", 0.95},
    {"pattern.ssid", SpanClass::Host, R"((?i)SSID[\s:=「"]+([A-Za-z0-9._\-]{2,32}))", 0.9},
    {"pattern.account", SpanClass::Account,
     R"((?:^|[^\\A-Za-z0-9.:\-])([A-Za-z][A-Za-z0-9.\-]*\\[A-Za-z0-9._$\-]{2,}))", 0.85, PatternCheck::Account, "\\"},
    {"pattern.account_label", SpanClass::Account,
     R"((?i)(?:ユーザー?(?:ID|名)?|アカウント(?:名)?|user(?:\s?(?:name|id))?|account|login)\s?[:=「"]\s?["']?([a-z][a-z0-9._\-]{2,32}))",
     0.85},
    {"pattern.sid", SpanClass::Account, R"(S-1-5-\d+(?:-\d+)+)", 0.95},
    {"pattern.phone", SpanClass::Phone,
     R"((?:\+81[\s\-]?(?:\(0\))?\d{1,4}|\(0\d{1,4}\)|0\d{1,4})[\s\-]?\(?\d{1,4}\)?[\s\-]?\d{3,4})", 0.95,
     PatternCheck::Phone},
    {"pattern.phone_label", SpanClass::Phone,
     R"((?i)(?:tel|fax|電話|携帯|ファクス|ファックス|直通)(?:番号)?[\s:.]*([+(]?\d[\d()\-\s]{4,16}\d))", 0.95},
    {"pattern.extension", SpanClass::Phone, R"((?i)(?:内線|保安電話|ext\.?|extension)(?:番号)?[\s:.]*\d[\d\-]{1,8})",
     0.95},
    {"pattern.postal_code", SpanClass::Address, R"(〒\s?\d{3}-?\d{4})", 0.98},
    {"pattern.postal_code_bare", SpanClass::Address, R"((?:^|[^\d\-])(\d{3}-\d{4}))", 0.6, PatternCheck::None, "-"},
    {"pattern.address", SpanClass::Address,
     R"([\p{Han}ァ-ヶー]{1,10}\d{1,4}(?:丁目|番地?|-)\d{1,4}(?:(?:番地?の?|-|号)\d{0,4}){0,2}号?)", 0.6},
    {"pattern.block_number", SpanClass::Address,
     R"([0-9一二三四五六七八九十]+丁目(?:[0-9一二三四五六七八九十]+番地?)?(?:[0-9一二三四五六七八九十]+号)?|大字\p{Han}+|字\p{Han}{1,6}\d+)",
     0.9},
    {"pattern.asset_label", SpanClass::Asset,
     R"((?i)(?:資産|管理|機器|チケット|受付|整理|伝票|契約|お客(?:様|さま)|供給地点(?:特定)?|工事|申込|案件|インシデント|シリアル|製造|設備)(?:管理)?(?:番号|ID|No\.?|コード)[\s:#は「]*([A-Z0-9][A-Z0-9\-_/]{2,40}))",
     0.95},
    {"pattern.asset_label_en", SpanClass::Asset,
     R"((?i)(?:asset|ticket|serial|case|incident|contract|customer|inventory|work\s?order)\s?(?:id|no\.?|number|tag|#)[\s:#]*([A-Z0-9][A-Z0-9\-_]{2,40}))",
     0.9, PatternCheck::MixedCode},
    {"pattern.ticket", SpanClass::Asset,
     R"((?:INC|REQ|CHG|PRB|TKT|RITM|ASSET|SR|WO)-?\d[\dA-Z\-]{2,20}|N[RC]-20\d\d-[0-9A-Z]{4})", 0.9},
    {"pattern.supply_point", SpanClass::Asset, R"(\d{22})", 0.95},
    {"pattern.voltage", SpanClass::Voltage, HINOMI_NUMBER R"(\s?(?:[kK]V|V|キロボルト|ボルト))", 0.9},
    {"pattern.voltage_band", SpanClass::Voltage,
     R"(特別高圧|特高|高圧|低圧|基幹系統|超高圧|extra-high voltage|high voltage|low voltage|bulk transmission system)",
     0.7, PatternCheck::None, "ガス|洗浄"},
    {"pattern.power_band", SpanClass::Power,
     R"(1千kW未満|1千~7千kW|7千~7万kW|7万~10万kW|10万kW以上|under 1 MW|1-7 MW|7-70 MW|70-100 MW|over 100 MW)", 0.9},
    {"pattern.power", SpanClass::Power,
     HINOMI_NUMBER R"(\s?(?:(?i:kWh?|MWh?|GWh?|kVA|MVA)|キロワット|メガワット|ギガワット|W))", 0.9, PatternCheck::None,
     "未満"},
    {"pattern.households_band", SpanClass::Households,
     R"(100戸未満|100~1千戸|1千~1万戸|1万~10万戸|10万戸以上|under 100 households|100-1,000 households|1,000-10,000 households|10,000-100,000 households|over 100,000 households)",
     0.9},
    {"pattern.households", SpanClass::Households,
     HINOMI_NUMBER R"(\s?(?:軒|戸|世帯|口|契約|件の停電|お客さま|households|customers|homes|premises))", 0.9,
     PatternCheck::None, "未満"},
    {"pattern.count", SpanClass::Count,
     R"((?:従業員(?:数)?\s?(?:は|:)?\s?)?)" HINOMI_NUMBER
     R"(\s?(?:台|名|人|拠点|か所|ヶ所|箇所|カ所|employees|staff|workstations|servers|hosts|PCs|terminals))",
     0.7},
    {"pattern.date_era", SpanClass::Date,
     R"((?:明治|大正|昭和|平成|令和|[MTSHR])\s?(?:元|\d{1,2})\s?[年./\-]\s?)" HINOMI_MONTH_NUMBER
     R"(\s?[月./\-]\s?)" HINOMI_DAY_NUMBER R"(日?)" HINOMI_WEEKDAY HINOMI_CLOCK,
     0.95},
    {"pattern.date_full", SpanClass::Date,
     R"((?:19|20)\d\d\s?[年/.\-]\s?)" HINOMI_MONTH_NUMBER R"(\s?[月/.\-]\s?)" HINOMI_DAY_NUMBER
     R"(日?)" HINOMI_WEEKDAY HINOMI_CLOCK,
     0.95},
    {"pattern.date_compact", SpanClass::Date, R"(20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T\d{4,6}Z?)?)", 0.7},
    {"pattern.date_month_day", SpanClass::Date, HINOMI_MONTH_NUMBER R"(月\s?)" HINOMI_DAY_NUMBER R"(日)" HINOMI_WEEKDAY,
     0.95},
    {"pattern.date_slash", SpanClass::Date, R"((?:^|[^\d/.])(\d{1,2}/\d{1,2}))", 0.5, PatternCheck::MonthAndDay, "/"},
    {"pattern.date_day", SpanClass::Date, R"((?:^|[^\d月])((?:同|当)?月?[1-3]?\d日)" HINOMI_WEEKDAY R"())", 0.5,
     PatternCheck::None, "間|以内|以上|前|後|目|分|程度|ほど|未満"},
    {"pattern.date_english", SpanClass::Date,
     R"((?i:\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?)" HINOMI_MONTH R"(\.?(?:,?\s(?:19|20)\d\d)?))", 0.9},
    {"pattern.date_english_us", SpanClass::Date,
     R"((?i:)" HINOMI_MONTH R"(\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?))", 0.9},
    {"pattern.date_third", SpanClass::Date,
     R"((?:(?:(?:19|20)\d\d|令和(?:元|\d{1,2}))年\s?)?)" HINOMI_MONTH_NUMBER R"(月(?:の)?(?:上旬|中旬|下旬|初旬))",
     0.9},
    {"pattern.date_month", SpanClass::Date, R"((?:(?:19|20)\d\d|令和(?:元|\d{1,2}))年\s?)" HINOMI_MONTH_NUMBER R"(月)",
     0.9},
    {"pattern.weekday", SpanClass::Date, R"([月火水木金土日]曜日?|(?i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?))",
     0.8},
    {"pattern.time", SpanClass::TimeOfDay,
     R"((?:(?:午前|午後|未明|早朝|深夜)の?\s?)?(?:2[0-4]|[01]?\d)(?::[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?|時(?:\d{1,2}分(?:\d{1,2}秒)?|半)?)(?:\s?(?:頃|ごろ|JST|UTC|(?i:[ap]\.?m\.?)))?)",
     0.9, PatternCheck::None, "間|:|限|点"},
    {"pattern.time_english", SpanClass::TimeOfDay, R"((?:1[0-2]|0?[1-9])\s?(?i:[ap]\.?m\.?))", 0.8},
    {"pattern.event", SpanClass::Event,
     R"((?:台風|颱風)(?:第)?[0-9一二三四五六七八九十]+号(?:の(?:夜|晩|日|朝|翌日|接近時|通過時|通過後|上陸時))?|(?:台風|地震|豪雨|大雪|大雨|豪雪|落雷|噴火|津波|暴風)の(?:夜|晩|日|朝|翌日|翌朝|最中|さなか)|大晦日|元日|元旦|お盆|年末年始|ゴールデンウィーク|シルバーウィーク|文化の日|勤労感謝の日|建国記念の日|こどもの日|海の日|山の日|敬老の日|統一地方選挙|総選挙)",
     0.85},
    {"pattern.event_english", SpanClass::Event,
     R"((?i)(?:the\s)?(?:night|day|morning)\s(?:of|after)\sthe\s(?:typhoon|earthquake|storm|flood|snowfall)|typhoon\s(?:no\.?\s?)?\d+|new year's (?:eve|day)|golden week)",
     0.85},
    {"pattern.frequency", SpanClass::Frequency,
     R"((?:50/60|50|60)\s?(?:(?i:Hz)|ヘルツ|サイクル)(?:地域|エリア|系統|帯|\sarea|\ssystem|\sregion)?)", 0.95},
    {"pattern.unit_number", SpanClass::Facility,
     R"((?:第)?[0-9一二三四五六七八九]{1,2}号(?:機|ユニット|炉|発電機|変圧器|主変圧器|主変)|(?i:unit)\s\d{1,2})", 0.9},
    {"pattern.company_prefix", SpanClass::Company,
     R"((?:株式会社|合同会社|有限会社|\(株\)|一般財団法人|一般社団法人)\s?[\p{Han}\p{Katakana}ーA-Za-z0-9&]{2,20})",
     0.8},
    {"pattern.person_label", SpanClass::Person,
     R"((?:担当(?:者)?|氏名|連絡先|報告者|記入者|作成者|責任者|窓口|発見者|対応者)(?:名)?\s?[:は]\s?(\p{Han}{1,4}\s?[\p{Han}\p{Hiragana}\p{Katakana}ー]{1,5}))",
     0.7},
    {"pattern.person_title_english", SpanClass::Person,
     R"((?:Mr|Ms|Mrs|Dr|Prof)\.?\s[A-Z][A-Za-z\-]+(?:\s[A-Z][A-Za-z\-]+)?)", 0.95},
    {"pattern.person_label_english", SpanClass::Person,
     R"((?:[Cc]ontact|[Rr]eporter|[Aa]uthor|[Nn]ame|[Aa]nalyst|[Oo]perator on duty)\s?:\s?([A-Z][A-Za-z\-]+\s[A-Z][A-Za-z\-]+))",
     0.9},
};

#undef HINOMI_DOT
#undef HINOMI_NUMBER
#undef HINOMI_WEEKDAY
#undef HINOMI_CLOCK
#undef HINOMI_MONTH
#undef HINOMI_MONTH_NUMBER
#undef HINOMI_DAY_NUMBER

}  // namespace

std::span<const PatternRule> pattern_rules() { return kRules; }

}  // namespace hinomi::anonymity
